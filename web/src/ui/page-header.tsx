import { useEffect, type ReactNode } from 'react';
import { harmless } from '../lib/harmless.ts';

/** The page's heading; also the title of the window. */
export function PageHeader({
  title,
  description,
  actions,
  above,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly above?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${harmless(title, 80)} · Portcullis`;
  }, [title]);
  return (
    <header className="mb-5">
      {above}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
            {harmless(title, 200)}
          </h1>
          {description !== undefined && <div className="mt-0.5 max-w-prose text-soft">{description}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
