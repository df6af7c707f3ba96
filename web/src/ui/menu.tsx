import { useRef, type ReactNode } from 'react';
import { DropdownMenu } from 'radix-ui';

export interface MenuItem {
  readonly text: string;
  readonly onSelect: () => void;
  readonly harmful?: boolean;
}

/** Actions behind one button. */
export function Menu({
  trigger,
  items,
}: {
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
}) {
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useRef<() => void>(undefined);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild ref={button}>
        {trigger}
      </DropdownMenu.Trigger>
      {/* In the page's landmark, where screen readers expect what belongs to it. */}
      <DropdownMenu.Portal container={document.getElementById('main')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
            // Only now: a dialog that it opens gives the focus back to the button.
            chosen.current?.();
            chosen.current = undefined;
          }}
          className="z-40 min-w-40 rounded-lg border bg-panel p-1 shadow-lg"
        >
          {items.map(({ text, onSelect, harmful = false }) => (
            <DropdownMenu.Item
              key={text}
              onSelect={() => {
                chosen.current = onSelect;
              }}
              className={`cursor-pointer rounded px-2.5 py-1.5 text-sm data-highlighted:bg-hover data-highlighted:outline-none ${harmful ? 'text-bad' : ''}`}
            >
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
