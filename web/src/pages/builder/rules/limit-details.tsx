import type { JSONPath } from 'jsonc-parser';
import type { Limit } from '../../../../../src/policy/document.ts';
import type { ArgumentField } from '../../../policy/fields.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { useBuilder } from '../builder-context.ts';
import { NumberInput } from '../values/number-input.tsx';
import { FieldPicker } from './field-picker.tsx';

/** The members of a limit that most limits leave out. */
export function LimitDetails({
  path,
  limit,
  fields,
}: {
  readonly path: JSONPath;
  readonly limit: Limit;
  readonly fields: readonly ArgumentField[];
}) {
  const { set } = useBuilder();
  const put = (name: string, value: unknown): void => set([...path, name], value === '' ? undefined : value);
  const rate = 'concurrent' in limit ? undefined : limit;
  return (
    <details className="text-[0.8125rem]">
      <summary className="text-soft">More</summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <Field label="Counter" hint="Limits with the same name share it">
          {(ids) => (
            <TextInput {...ids} mono value={limit.counter ?? ''} onChange={(text) => put('counter', text)} />
          )}
        </Field>
        <Field label="One counter for each value of">
          {() => (
            <FieldPicker
              label="One counter for each value of"
              none="(one for all)"
              value={limit.by ?? ''}
              fields={fields}
              onChange={(text) => put('by', text)}
            />
          )}
        </Field>
        {rate !== undefined && (
          <>
            <Field label="A call adds the number in">
              {() => (
                <FieldPicker
                  label="A call adds the number in"
                  none="(a fixed amount)"
                  value={rate.increment_from ?? ''}
                  fields={fields.filter(({ kind }) => kind === 'number' || kind === 'any')}
                  onChange={(text) => put('increment_from', text)}
                />
              )}
            </Field>
            <Field label="A call adds">
              {() => (
                <NumberInput
                  label="A call adds"
                  min={0}
                  value={rate.increment ?? 1}
                  onChange={(value) => put('increment', value)}
                />
              )}
            </Field>
            <Field label="Counting">
              {(ids) => (
                <Select
                  {...ids}
                  value={rate.algorithm ?? 'fixed'}
                  onChange={(value) => put('algorithm', value)}
                  choices={[
                    { value: 'fixed', text: 'Anew each window' },
                    { value: 'sliding', text: 'Over the last window' },
                  ]}
                />
              )}
            </Field>
          </>
        )}
        <Field label="When counters cannot be reached">
          {(ids) => (
            <Select
              {...ids}
              value={limit.fail ?? 'closed'}
              onChange={(value) => put('fail', value === 'closed' ? undefined : value)}
              choices={[
                { value: 'closed', text: 'Deny the call' },
                { value: 'open', text: 'Let it through uncounted' },
              ]}
            />
          )}
        </Field>
        <Field label="What the agent reads" optional>
          {(ids) => (
            <TextInput {...ids} value={limit.on_deny ?? ''} onChange={(text) => put('on_deny', text)} />
          )}
        </Field>
        {rate !== undefined && (
          <Checkbox
            checked={rate.refund_on_error === true}
            onChange={(checked) => put('refund_on_error', checked ? true : undefined)}
          >
            Give it back when the tool answers with an error
          </Checkbox>
        )}
      </div>
    </details>
  );
}
