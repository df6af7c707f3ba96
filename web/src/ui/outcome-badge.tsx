import { Badge, type Tone } from './badge.tsx';

const LOOKS: Readonly<Record<string, readonly [Tone, string]>> = {
  allow: ['good', 'Allowed'],
  deny: ['bad', 'Denied'],
  needs_approval: ['grave', 'Asked'],
  error: ['warn', 'Error'],
  unknown: ['warn', 'Unknown'],
};

export function OutcomeBadge({ outcome }: { readonly outcome: string }) {
  const [tone, text] = LOOKS[outcome] ?? ['plain', outcome];
  return <Badge tone={tone}>{text}</Badge>;
}
