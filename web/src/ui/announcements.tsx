import { useSyncExternalStore } from 'react';
import { X } from 'lucide-react';
import { harmless } from '../lib/harmless.ts';
import { announcements, dismiss, onAnnouncements } from './announcer.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export function Announcements() {
  const shown = useSyncExternalStore(onAnnouncements, announcements);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-center gap-2 md:left-auto md:items-end"
    >
      {shown.map(({ id, text, tone, undo }) => (
        <div
          key={id}
          className={`tone-${tone} pointer-events-auto flex max-w-lg items-center gap-2 rounded-lg border border-(--tone) bg-panel py-1 pr-1 pl-3 text-sm shadow-lg`}
        >
          <span className="[overflow-wrap:anywhere]">{harmless(text, 300)}</span>
          {undo && (
            <Button
              small
              onClick={() => {
                undo();
                dismiss(id);
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={() => dismiss(id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
