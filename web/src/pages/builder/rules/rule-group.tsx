import type { JSONPath } from 'jsonc-parser';
import { Plus } from 'lucide-react';
import type { ApprovalRule, Rule, ToolRules } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { Button } from '../../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { firstCondition } from './first-condition.ts';
import { RuleEditor } from './rule-editor.tsx';

/** The lists of rules that an entry may have. */
export type RuleKind = 'require' | 'deny_if' | 'approve_if';

export const RULE_TEXTS: Readonly<
  Record<RuleKind, { readonly title: string; readonly about: string; readonly add: string }>
> = {
  require: {
    title: 'Require',
    about: 'every one must hold, or the call is denied',
    add: 'Add a requirement',
  },
  deny_if: { title: 'Deny if', about: 'one that holds denies the call', add: 'Add a denial' },
  approve_if: {
    title: 'Ask if',
    about: 'one that holds makes the call wait for a person',
    add: 'Add an approval',
  },
};

/** All rules of one kind, and the way to one more. */
export function RuleGroup({
  kind,
  base,
  rules,
  fields,
}: {
  readonly kind: RuleKind;
  readonly base: JSONPath;
  readonly rules: ToolRules | undefined;
  readonly fields: readonly ArgumentField[];
}) {
  const { append } = useBuilder();
  const { title, about, add } = RULE_TEXTS[kind];
  const given: unknown = rules?.[kind];
  const listed = Array.isArray(given) ? (given as readonly (Rule & ApprovalRule)[]) : [];
  return (
    <section aria-label={title}>
      <h3 className="text-sm font-semibold">
        {title} <span className="text-[0.8125rem] font-normal text-soft">{about}</span>
      </h3>
      <ol className="mt-2 space-y-2 empty:hidden">
        {listed.map((rule, index) => (
          <li key={index}>
            <RuleEditor kind={kind} path={[...base, kind, index]} rule={rule} fields={fields} />
          </li>
        ))}
      </ol>
      <Button
        small
        look="quiet"
        className="mt-1"
        onClick={() => append([...base, kind], { conditions: [firstCondition(fields)] })}
      >
        <Plus aria-hidden className="size-3.5" />
        {add}
      </Button>
    </section>
  );
}
