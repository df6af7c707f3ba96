import type { SubjectState } from '../../../policy/states.ts';
import type { Segment } from '../../../ui/segmented.tsx';

export const STATES: readonly Segment<SubjectState>[] = [
  { value: 'inherit', text: 'Default', title: 'Not named: other entries or the default decide' },
  { value: 'allow', text: 'Allow', title: 'Called freely', tone: 'good' },
  { value: 'ask', text: 'Ask', title: 'A person agrees to each call', tone: 'grave' },
  { value: 'deny', text: 'Deny', title: 'Seen in lists, but never called', tone: 'bad' },
  { value: 'hide', text: 'Hide', title: 'Neither seen nor called', tone: 'plain' },
  { value: 'custom', text: 'Custom', title: 'Rules about arguments, limits on calls', tone: 'info' },
];

export const ALL_TOOLS_STATES = STATES.filter(({ value }) => value === 'inherit' || value === 'custom').map(
  (one) => (one.value === 'inherit' ? { ...one, text: 'No rules' } : { ...one, text: 'Rules' }),
);
