import type { ToolClass } from '../../../api/types.ts';
import type { Choice } from '../../../ui/select.tsx';

export const CLASS_CHOICES: readonly Choice<ToolClass | ''>[] = [
  { value: '', text: 'Every class' },
  { value: 'Read', text: 'Read' },
  { value: 'Write', text: 'Write' },
  { value: 'Execute', text: 'Execute' },
  { value: 'Destructive', text: 'Destructive' },
  { value: 'Financial', text: 'Financial' },
];
