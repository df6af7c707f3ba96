/** Where a person is sent after signing in: a path of this gateway, never another site. */
import { PortcullisError } from '../errors.ts';

const MEMBERS = new Set(['callbackURL', 'errorCallbackURL', 'newUserCallbackURL', 'redirectTo']);
/** `//host` and `/\host` are other sites to a browser; it also drops tabs and line breaks. */
// oxlint-disable-next-line no-control-regex -- they are what is refused
const LOCAL_PATH = /^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/;

/** @param given a body's members, or a query's, each as often as it stands there. @throws PC_API_INVALID */
export function checkReturnPaths(given: Iterable<readonly [string, unknown]>): void {
  for (const [name, value] of given) {
    if (!MEMBERS.has(name) || (typeof value === 'string' && LOCAL_PATH.test(value))) continue;
    const problem = { pointer: `/${name}`, message: 'Expected a path of this gateway, such as /servers.' };
    throw new PortcullisError('PC_API_INVALID', {}, { problems: [problem] });
  }
}
