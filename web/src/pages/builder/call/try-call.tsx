import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { call } from '../../../api/call.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import type { Subject } from '../../../policy/states.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useBuilder } from '../builder-context.ts';
import { ArgumentsForm } from './arguments-form.tsx';
import { startArguments } from './start-arguments.ts';
import { VerdictView } from './verdict-view.tsx';

/** A call that is judged and not made: by the policy as it stands here, saved or not. */
export function TryCall({ subject }: { readonly subject: Subject | null }) {
  const { document, policy, server, tools } = useBuilder();
  const first = tools.some(({ name }) => name === subject) ? String(subject) : (tools[0]?.name ?? '');
  const [name, setName] = useState(first);
  const tool = tools.find((one) => one.name === name);
  const schema = tool?.definition.inputSchema;
  const [args, setArgs] = useState<Readonly<Record<string, unknown>>>(() => startArguments(schema));
  // What was asked is judged anew when the policy changes: a verdict beside a policy is that policy's.
  const [asked, setAsked] = useState<Readonly<Record<string, unknown>>>();
  const current = useSettled(document);
  const verdict = useQuery({
    queryKey: ['verdict', server.id, name, asked, current],
    queryFn: ({ signal }) =>
      call('POST /evaluate', {
        body: { server: server.id, policy: current, tool: name, arguments: asked ?? {} },
        signal,
      }),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const change = (next: Readonly<Record<string, unknown>>): void => {
    setArgs(next);
    setAsked(undefined);
  };
  const choose = (next: string): void => {
    setName(next);
    change(startArguments(tools.find((one) => one.name === next)?.definition.inputSchema));
  };
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(args);
      }}
    >
      <p className="text-[0.8125rem] text-soft">
        Judged by the policy as it stands here, saved or not. Nothing is sent, counted or logged.
      </p>
      <Field label="Tool">
        {(ids) =>
          tools.length === 0 ? (
            <TextInput {...ids} mono required value={name} onChange={choose} placeholder="tool_name" />
          ) : (
            <Select
              {...ids}
              value={name}
              onChange={choose}
              choices={tools.map((one) => ({ value: one.name, text: one.name }))}
            />
          )
        }
      </Field>
      <ArgumentsForm key={name} schema={schema} value={args} onChange={change} />
      <Button
        type="submit"
        look="main"
        busy={verdict.isFetching}
        disabled={name === '' || policy.document === undefined}
        title={policy.document === undefined ? 'Mend the JSON first' : undefined}
      >
        {!verdict.isFetching && <Play aria-hidden className="size-3.5" />}
        Judge it
      </Button>
      {verdict.isError && <ProblemNotice error={verdict.error} what="The call could not be judged" />}
      {asked !== undefined && verdict.data && <VerdictView verdict={verdict.data} />}
    </form>
  );
}
