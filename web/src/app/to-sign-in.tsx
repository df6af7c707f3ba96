import { useEffect, useRef } from 'react';
import { useRouter } from '@tanstack/react-router';
import { Loading } from '../ui/loading.tsx';

/** Leads to the sign-in page once; from there one comes back to where one was. */
export function ToSignIn() {
  const router = useRouter();
  const gone = useRef(false);
  useEffect(() => {
    if (gone.current) return;
    gone.current = true;
    const place = router.state.location.href;
    void router.navigate({ to: '/sign-in', search: place === '/' ? {} : { to: place }, replace: true });
  }, [router]);
  return <Loading />;
}
