import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { decisionQuery } from '../../../api/queries/decisions.ts';
import type { Decision } from '../../../api/types.ts';
import { exactText } from '../../../lib/time-text.ts';
import { argumentPath, type ArgumentField } from '../../../policy/fields.ts';
import { canonicalOf } from '../../../policy/canonical.ts';
import { stateOf, withState, type Subject } from '../../../policy/states.ts';
import { appendAt, readDocument } from '../../../policy/text-edits.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Shown } from '../../../ui/shown.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { useBuilder } from '../builder-context.ts';
import { firstCondition } from './first-condition.ts';
import { RULE_TEXTS, type RuleKind } from './rule-group.tsx';

const KINDS = (['require', 'deny_if', 'approve_if'] as const).map((value) => ({
  value,
  text: RULE_TEXTS[value].title,
}));

/** The beginning of a rule about the arguments of a call in the log. Nothing for tools that it did not call. */
export function FromCall({
  id,
  subject,
  fields,
}: {
  readonly id: string;
  readonly subject: Subject;
  readonly fields: readonly ArgumentField[];
}) {
  const decision = useQuery(decisionQuery(id));
  return (
    <Shown query={decision} what="The call could not be read from the log">
      {(found) => found.tool === subject && <Draft decision={found} fields={fields} />}
    </Shown>
  );
}

function Draft({
  decision: { at, tool, argumentKeys },
  fields,
}: {
  readonly decision: Decision;
  readonly fields: readonly ArgumentField[];
}) {
  const { policy } = useBuilder();
  const [kind, setKind] = useState<RuleKind>('require');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(argumentKeys));
  const put = (name: string, wanted: boolean): void =>
    setChosen(new Set(argumentKeys.filter((one) => (one === name ? wanted : chosen.has(one)))));
  const draft = (): void => {
    const conditions = [...chosen].map((name) => conditionOn(argumentPath(name), fields));
    policy.edit((text) => appendAt(withRoom(text, tool!), ['tools', tool!, kind], { conditions }));
  };
  return (
    <section
      aria-label="A rule from a call"
      className="tone-info space-y-3 rounded-md border border-(--tone)/40 bg-sunken p-3"
    >
      <div>
        <h3 className="text-sm font-semibold">A rule from the call of {exactText(at)}</h3>
        <p className="mt-1 text-[0.8125rem] text-soft">
          {argumentKeys.length === 0
            ? 'It had no arguments. Choose above what holds for the tool, or add a limit.'
            : 'The log keeps the names of arguments and a digest of each value, never the values themselves: choose the arguments, then say what their values may be.'}
        </p>
      </div>
      {argumentKeys.length > 0 && (
        <>
          <Segmented label="Kind of rule" value={kind} segments={KINDS} onChange={setKind} />
          <p className="text-[0.8125rem] text-soft">{RULE_TEXTS[kind].about}</p>
          <div className="flex flex-wrap gap-x-4 gap-y-1.5">
            {argumentKeys.map((name) => (
              <Checkbox key={name} checked={chosen.has(name)} onChange={(wanted) => put(name, wanted)}>
                <Untrusted text={name} most={100} className="font-mono text-[0.8125rem]" />
              </Checkbox>
            ))}
          </div>
          <Button small look="main" disabled={chosen.size === 0} onClick={draft}>
            Draft the rule
          </Button>
        </>
      )}
    </section>
  );
}

/** The text in which a rule about the tool's arguments can decide something: beside a plain denial it could not. */
function withRoom(text: string, tool: string): string {
  const document = readDocument(text);
  const denied = document !== undefined && stateOf(canonicalOf(document), tool) === 'deny';
  return withState(text, tool, denied ? 'allow' : 'custom');
}

function conditionOn(path: string, fields: readonly ArgumentField[]) {
  const unknown = { path, kind: 'any', required: false, description: '', values: [] } as const;
  return firstCondition(fields, fields.find((field) => field.path === path) ?? unknown);
}
