import type { ReactNode } from 'react';
import { Mark } from '../../app/mark.tsx';
import { ThemeMenu } from '../../app/theme-menu.tsx';

/** The frame of pages outside: sign-in, welcome, invitations. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="absolute top-3 right-3">
        <ThemeMenu />
      </div>
      <main className="w-full max-w-sm">
        <title>{`${title} · Portcullis`}</title>
        <p className="mb-5 flex items-center justify-center gap-2 text-lg font-semibold tracking-tight">
          <Mark />
          Portcullis
        </p>
        <section className="rounded-xl border bg-panel p-6 shadow-sm">
          <h1 className="mb-4 text-lg font-semibold">{title}</h1>
          {children}
        </section>
      </main>
    </div>
  );
}
