import { LockKeyhole } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';

/** Names of sealed headers; their values never come back. */
export function SealedHeaders({
  names,
  onRemove,
}: {
  readonly names: readonly string[];
  readonly onRemove: (name: string) => void;
}) {
  if (names.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-[0.8125rem] font-medium">Sealed headers</p>
      <ul className="divide-y rounded-md border">
        {names.map((name) => (
          <li key={name} className="flex items-center justify-between gap-2 px-3 py-1.5 text-sm">
            <span className="flex min-w-0 items-center gap-2 font-mono text-[0.8125rem]">
              <LockKeyhole aria-hidden className="size-3.5 shrink-0 text-soft" />
              <Untrusted text={name} most={100} />
            </span>
            <Button small look="quiet" onClick={() => onRemove(name)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-[0.8125rem] text-soft">To change one, write it again below.</p>
    </div>
  );
}
