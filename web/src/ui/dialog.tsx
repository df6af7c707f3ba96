import { useEffect, useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './icon-button.tsx';

/** The browser's own modal dialog: it keeps the focus, closes with Escape, and gives the focus back to what opened it. Mount it to open it. */
export function Dialog({
  title,
  onClose,
  children,
  footer,
  side = false,
  wide = false,
}: {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** A drawer at the right edge. */
  readonly side?: boolean;
  readonly wide?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    ref.current?.showModal();
    // The browser gives the focus back to those that are closed, not to those that are taken out of the page.
    return () => {
      const next = opener?.isConnected === true ? opener : document.getElementById('main');
      if (next instanceof HTMLElement) next.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={classNames(
        'border bg-panel p-0 shadow-2xl',
        side
          ? 'my-0 mr-0 ml-auto h-dvh w-full max-w-xl border-y-0 border-r-0'
          : classNames('m-auto w-[calc(100%-1.5rem)] rounded-xl', wide ? 'max-w-5xl' : 'max-w-lg'),
      )}
    >
      <div className={classNames('flex flex-col', side ? 'h-full' : 'max-h-[calc(100dvh-3rem)]')}>
        <header className="flex items-center justify-between gap-4 border-b px-4 py-2.5">
          <h2 id={id} className="min-w-0 font-semibold [overflow-wrap:anywhere]">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </header>
        <div tabIndex={-1} className="min-h-0 flex-1 overflow-auto p-4">
          {children}
        </div>
        {footer !== undefined && (
          <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer>
        )}
      </div>
    </dialog>
  );
}
