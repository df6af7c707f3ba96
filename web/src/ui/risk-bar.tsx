import type { ToolClass } from '../api/types.ts';
import { CLASS_TONES } from './class-badge.tsx';

const ORDER: readonly ToolClass[] = ['Financial', 'Destructive', 'Execute', 'Write', 'Read'];

/** How many tools there are of each class, gravest first. */
export function RiskBar({ counts }: { readonly counts: Readonly<Partial<Record<ToolClass, number>>> }) {
  const present = ORDER.filter((name) => (counts[name] ?? 0) > 0);
  return (
    <ul aria-label="Tools by class" className="flex flex-wrap gap-1">
      {present.map((name) => (
        <li
          key={name}
          title={`${counts[name]} ${name}`}
          className={`toned tone-${CLASS_TONES[name]} rounded border px-1.5 text-xs font-medium`}
        >
          <span className="tabular-nums">{counts[name]}</span> {name}
        </li>
      ))}
    </ul>
  );
}
