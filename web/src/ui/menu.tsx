import type { ReactNode } from 'react';
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
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-40 min-w-40 rounded-lg border bg-panel p-1 shadow-lg"
        >
          {items.map(({ text, onSelect, harmful = false }) => (
            <DropdownMenu.Item
              key={text}
              onSelect={onSelect}
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
