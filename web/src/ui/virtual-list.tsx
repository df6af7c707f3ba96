import { useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { classNames } from '../lib/class-names.ts';

/** A list of any length: only rows in sight exist. */
export function VirtualList<Item>({
  items,
  keyOf,
  row,
  estimate = 56,
  label,
  className = 'max-h-[70dvh]',
}: {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item, index: number) => string;
  readonly row: (item: Item, index: number) => ReactNode;
  /** Height of a row in pixels, before it is measured. */
  readonly estimate?: number;
  readonly label: string;
  readonly className?: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 12,
    getItemKey: (index) => keyOf(items[index]!, index),
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="list"
      aria-label={label}
      className={classNames('overflow-auto', className)}
    >
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0 border-b last:border-b-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            {row(items[index]!, index)}
          </div>
        ))}
      </div>
    </div>
  );
}
