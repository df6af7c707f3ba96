import { queryClient } from '../../api/query-client.ts';

/** Goes on as the person who signed in just now: what was read before was somebody else's. @param to a path of this page */
export function enter(to = '/'): void {
  queryClient.clear();
  const target = new URL(to, window.location.origin);
  window.location.assign(target.origin === window.location.origin ? target.pathname + target.search : '/');
}
