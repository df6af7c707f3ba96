import { useEffect, useRef, type ReactNode } from 'react';
import { Tabs as Parts } from 'radix-ui';

export interface Tab {
  readonly id: string;
  readonly text: string;
  readonly body: ReactNode;
}

/** A name that no tab has, as an old link may have it, opens the first. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
}) {
  const strip = useRef<HTMLDivElement>(null);
  const active = tabs.some(({ id }) => id === value) ? value : tabs[0]?.id;
  const texts = tabs.map(({ text }) => text).join();
  useEffect(() => {
    const trigger = strip.current?.querySelector<HTMLElement>('[data-state=active]');
    // Where not all tabs fit, the one that is open is in sight.
    if (trigger && strip.current)
      strip.current.scrollLeft = trigger.offsetLeft - strip.current.offsetLeft - 24;
  }, [active, texts]);
  return (
    <Parts.Root value={active ?? ''} onValueChange={onChange}>
      <Parts.List ref={strip} aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b">
        {tabs.map(({ id, text }) => (
          <Parts.Trigger
            key={id}
            value={id}
            className="-mb-px border-b-2 border-transparent px-2 py-2 text-sm font-medium whitespace-nowrap text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {text}
          </Parts.Trigger>
        ))}
      </Parts.List>
      {tabs.map(({ id, body }) => (
        <Parts.Content key={id} value={id} tabIndex={-1}>
          {body}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}
