import { asObject } from '../../../json.ts';
import { code, foreign, name, section, soft, text } from '../blocks/make.ts';
import { plainText } from '../blocks/plain-text.ts';
import { escapedBytes, withinBytes } from '../blocks/within-bytes.ts';
import type { Block, Inline } from '../blocks/types.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { count } from '../words/numbers.ts';
import { SIGNAL_WORDS } from '../words/signals.ts';
import type { Described } from './description.ts';
import type { ToolView } from './tool-view.ts';

const MOST_PARAMETERS = 40;
const MOST_BYTES = 12_000;

export function whatItDoes(view: ToolView, { paragraphs, known }: Described): Block {
  const { use, useMore } = CLASS_WORDS[view.assessment.class];
  return section(
    'what',
    ['What ', code(view.name), ' does on ', foreign(view.serverTitle)],
    [
      text('Agents call ', code(view.name), ` ${use} `, foreign(view.serverTitle), `. ${useMore}`),
      ...(known === 'yes'
        ? [
            {
              kind: 'saying',
              paragraphs,
              from: 'The description in the tool’s own definition: the server’s claim.',
            } as const,
          ]
        : [soft(SILENT[known])]),
      ...parameters(view),
    ],
  );
}

const SILENT: Readonly<Record<'no' | 'says nothing', string>> = {
  no: 'The index holds the name and the parameters of this tool, not its description; the server tells that itself when it lists its tools.',
  'says nothing':
    'Its description says no more than its name. What is known comes from the name, the parameters and the rest of the server.',
};

function parameters({ tool, definition, assessment }: ToolView): readonly Block[] {
  if (tool.parameters.length === 0) return [soft('It takes no parameters.')];
  const schema = asObject(asObject(definition.inputSchema).properties);
  const all = tool.parameters.slice(0, MOST_PARAMETERS).map((one): readonly Inline[] => {
    const said = asObject(schema[one.name]).description;
    const place = `inputSchema.properties.${one.name}`;
    const signals = assessment.evidence
      .filter((evidence) => evidence.place === place && evidence.says in SIGNAL_WORDS)
      .map(({ says }) => SIGNAL_WORDS[says as keyof typeof SIGNAL_WORDS].label);
    const notes: Inline[] = [
      ...[...new Set(signals)].map((label): Inline => [{ kind: 'strong', text: `${label}.` }, ' ']),
      ...(typeof said === 'string' ? [foreign(said, 160)] : []),
    ];
    return [name(one.name), foreign(one.type, 40), one.required ? 'required' : 'optional', notes];
  });
  const rows = withinBytes(all, MOST_BYTES, (row) => 150 + escapedBytes(plainText(row)));
  const rest = tool.parameters.length - rows.length;
  return [
    {
      kind: 'table',
      caption: 'Parameters, from the tool’s own schema',
      head: ['Parameter', 'Type', 'Needed', 'Notes'],
      rows,
    },
    ...(rest > 0
      ? [soft(`And ${count(rest, 'more parameter')}: a call with so many is hard to judge for a person.`)]
      : []),
  ];
}
