import { Badge, type Tone } from './badge.tsx';

const TONES: Readonly<Record<string, Tone>> = { Low: 'good', Medium: 'info', High: 'warn', Critical: 'bad' };

export function SeverityBadge({ severity }: { readonly severity: string }) {
  return <Badge tone={TONES[severity] ?? 'plain'}>{severity} risk</Badge>;
}
