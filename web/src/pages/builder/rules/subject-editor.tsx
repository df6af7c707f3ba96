import { useMemo } from 'react';
import { MousePointerClick } from 'lucide-react';
import { selectorMatcher } from '../../../../../src/policy/selector.ts';
import type { PolicyDocument } from '../../../../../src/policy/document.ts';
import { effectOn, type NamedTool } from '../../../policy/effect.ts';
import { argumentFields } from '../../../policy/fields.ts';
import { rulesOf, stateOf, withState, type Subject } from '../../../policy/states.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { ClassBadge } from '../../../ui/class-badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { SeverityBadge } from '../../../ui/severity-badge.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { EFFECT_LOOKS } from '../../policies/effect-looks.ts';
import { useBuilder } from '../builder-context.ts';
import { ALL_TOOLS_STATES, STATES } from '../subjects/state-looks.ts';
import { FromCall } from './from-call.tsx';
import { LimitsEditor } from './limits-editor.tsx';
import { ResultsEditor } from './results-editor.tsx';
import { RuleGroup } from './rule-group.tsx';

const MOST_TOOLS = 50;

/** The rules of one selector. `null`: nothing is chosen yet. */
export function SubjectEditor({ subject }: { readonly subject: Subject | null }) {
  const { policy, document, tools, readOnly, call } = useBuilder();
  const fitting = useMemo(
    () =>
      subject === null ? [] : tools.filter(subject === undefined ? () => true : selectorMatcher(subject)),
    [subject, tools],
  );
  const fields = useMemo(() => {
    const all = fitting.slice(0, MOST_TOOLS).flatMap((tool) => argumentFields(tool.definition.inputSchema));
    return [...new Map(all.map((field) => [field.path, field])).values()];
  }, [fitting]);
  if (subject === null)
    return (
      <Card>
        <EmptyState icon={MousePointerClick} title="Choose a tool">
          Pick what holds for it in the list. Choose “Custom” for rules about its arguments, and limits.
        </EmptyState>
      </Card>
    );
  const state = stateOf(document, subject);
  const rules = rulesOf(document, subject);
  const base = subject === undefined ? ['all_tools'] : ['tools', subject];
  const tool = fitting.length === 1 ? fitting[0] : undefined;
  const gravest = tool?.class ?? (subject?.startsWith('@') === true ? subject.slice(1) : '');
  return (
    <Card
      title={
        subject === undefined ? (
          'All tools: rules for every call'
        ) : (
          <Untrusted text={subject} most={100} className="font-mono" />
        )
      }
      actions={
        tool && (
          <span className="flex gap-1">
            <SeverityBadge severity={tool.severity} />
            <ClassBadge name={tool.class} />
          </span>
        )
      }
    >
      <fieldset disabled={readOnly || policy.document === undefined} className="min-w-0 space-y-5">
        {tool?.definition.description !== undefined && (
          <p className="line-clamp-3 text-[0.8125rem] text-soft">
            <Untrusted text={tool.definition.description} most={500} />
          </p>
        )}
        <Segmented
          label="What holds"
          value={subject === undefined && state !== 'inherit' ? 'custom' : state}
          segments={subject === undefined ? ALL_TOOLS_STATES : STATES}
          onChange={(next) => policy.edit((text) => withState(text, subject, next))}
        />
        {call !== undefined && !readOnly && <FromCall id={call} subject={subject} fields={fields} />}
        {state === 'inherit' || state === 'hide' ? (
          <p className="text-[0.8125rem] text-soft">
            {state === 'hide'
              ? 'Agents do not see it in lists, and a call is answered as if it did not exist.'
              : 'Nothing is said about it here: entries that match it otherwise, or the default, decide.'}
            {tool !== undefined && state === 'inherit' && <Outcome document={document} tool={tool} />}
          </p>
        ) : (
          <>
            <RuleGroup kind="require" base={base} rules={rules} fields={fields} />
            <RuleGroup kind="deny_if" base={base} rules={rules} fields={fields} />
            <RuleGroup kind="approve_if" base={base} rules={rules} fields={fields} />
            <LimitsEditor base={base} rules={rules} fields={fields} subject={subject} gravest={gravest} />
            <ResultsEditor base={base} results={rules?.results} />
          </>
        )}
      </fieldset>
    </Card>
  );
}

/** What other entries make of a tool that has none of its own. */
function Outcome({ document, tool }: { readonly document: PolicyDocument; readonly tool: NamedTool }) {
  const { kind, by } = effectOn(document, tool);
  return (
    <span className="mt-2 flex flex-wrap items-center gap-2 text-ink">
      As it stands: <Badge tone={EFFECT_LOOKS[kind].tone}>{EFFECT_LOOKS[kind].text}</Badge> by{' '}
      <Untrusted text={by.join(', ')} most={200} className="font-mono" />
    </span>
  );
}
