import { useRouterState } from '@tanstack/react-router';
import { buttonClasses } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Above a page that is open when its session ends: what somebody wrote there stays until they are back. */
export function SessionEnded() {
  const place = useRouterState({ select: ({ location }) => location.href });
  return (
    <div className="mb-4">
      <Notice
        tone="bad"
        title="Your session has ended"
        action={
          <a href="/sign-in" target="_blank" rel="noopener" className={buttonClasses('plain', true)}>
            Sign in in a new tab
          </a>
        }
      >
        What you wrote here is not lost: sign in in a new tab and come back to this one. Or{' '}
        <a href={`/sign-in?to=${encodeURIComponent(place)}`} className="underline">
          sign in here
        </a>
        .
      </Notice>
    </div>
  );
}
