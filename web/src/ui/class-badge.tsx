import type { ToolClass } from '../api/types.ts';
import { Badge, type Tone } from './badge.tsx';

export const CLASS_TONES: Readonly<Record<ToolClass, Tone>> = {
  Read: 'good',
  Write: 'info',
  Execute: 'warn',
  Destructive: 'bad',
  Financial: 'grave',
};

export function ClassBadge({ name }: { readonly name: ToolClass }) {
  return <Badge tone={CLASS_TONES[name] ?? 'plain'}>{name}</Badge>;
}
