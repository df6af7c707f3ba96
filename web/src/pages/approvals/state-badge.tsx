import type { Approval } from '../../api/queries/approvals.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const LOOKS: Readonly<Record<Approval['state'], readonly [Tone, string]>> = {
  pending: ['grave', 'Waiting'],
  approved: ['good', 'Approved'],
  used: ['good', 'Called'],
  denied: ['bad', 'Denied'],
  expired: ['plain', 'Expired'],
  void: ['warn', 'Void'],
};

export function StateBadge({ state }: { readonly state: Approval['state'] }) {
  const [tone, text] = LOOKS[state] ?? ['plain', state];
  return <Badge tone={tone}>{text}</Badge>;
}
