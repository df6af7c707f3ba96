import { Link } from '@tanstack/react-router';
import { PLACES } from './places.ts';
import { WaitingCount } from './waiting-count.tsx';

export function Navigation({ onChoose }: { readonly onChoose?: () => void }) {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {PLACES.map(({ to, text, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/' }}
              {...(onChoose === undefined ? {} : { onClick: onChoose })}
              className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-soft hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:text-ink"
            >
              <Icon aria-hidden className="size-4" />
              {text}
              {to === '/approvals' && <WaitingCount />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
