import { useState, type ReactNode } from 'react';
import { Link, Outlet } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountBox } from './account-box.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { PhoneMenu } from './phone-menu.tsx';

/** Navigation beside the page; on a phone behind a button. */
export function Shell({ above }: { readonly above: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-panel md:flex">
        <Brand />
        <div className="flex-1 overflow-y-auto px-2 py-1">
          <Navigation />
        </div>
        <AccountBox />
      </aside>
      <header className="sticky top-0 z-30 flex items-center justify-between border-b bg-panel pr-2 md:hidden">
        <Brand />
        <IconButton label="Open the menu" onClick={() => setOpen(true)}>
          <Menu aria-hidden />
        </IconButton>
      </header>
      {open && <PhoneMenu onClose={() => setOpen(false)} />}
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        <div className="mx-auto max-w-[108rem] px-4 py-5 sm:px-6 md:py-6">
          {above}
          <Outlet />
        </div>
      </main>
    </div>
  );
}

function Brand() {
  return (
    <Link to="/" className="flex items-center gap-2 px-4 py-3 font-semibold tracking-tight">
      <Mark />
      Portcullis
    </Link>
  );
}
