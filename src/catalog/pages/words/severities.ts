import type { ToolClass } from '../../../policy/index.ts';
import type { Severity } from '../../types.ts';

export const SEVERITIES: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low'];

interface SeverityWords {
  readonly classes: readonly ToolClass[];
  readonly meaning: string;
  /** One sentence for lists. */
  readonly short: string;
  readonly guard: string;
}

export const SEVERITY_WORDS: Readonly<Record<Severity, SeverityWords>> = {
  Low: {
    classes: ['Read'],
    short: 'Nothing changes; what comes back can still be sensitive.',
    meaning:
      'A call of such a tool leaves the world as it was. What is left to judge is the answer: whose data it holds, whose words, and where an agent could carry them.',
    guard: 'Permit these tools by name, deny the rest, and redact secrets in their results.',
  },
  Medium: {
    classes: ['Write'],
    short: 'Data changes, and can be changed back.',
    meaning:
      'A call of such a tool changes real data in a way that can be put right. Harm comes from number: many small wrong changes before anybody looks.',
    guard:
      'Limit how often each grant may call them, and bound arguments that decide how much one call changes.',
  },
  High: {
    classes: ['Execute'],
    short: 'The arguments decide what happens.',
    meaning:
      'A call of such a tool does what its arguments say, within everything that the server may do. The tool’s own name tells little about one call.',
    guard:
      'Limit how often they run, put rules on their arguments, and let a person approve what is unusual.',
  },
  Critical: {
    classes: ['Destructive', 'Financial'],
    short: 'It cannot be undone, or it costs money.',
    meaning:
      'A call of such a tool cannot be taken back: something is gone, or somebody has paid. One call is enough for the whole harm.',
    guard: 'Hide what deletes, let a person approve what pays, and count the amounts.',
  },
};
