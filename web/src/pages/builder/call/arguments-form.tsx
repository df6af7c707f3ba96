import { useState } from 'react';
import { isObject } from '../../../../../src/json.ts';
import type { JsonSchema } from '../../../api/types.ts';
import { harmless } from '../../../lib/harmless.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { ArgumentInput } from './argument-input.tsx';

type Arguments = Readonly<Record<string, unknown>>;

/** One field an argument, or all of them as JSON. */
export function ArgumentsForm({
  schema,
  value,
  onChange,
}: {
  readonly schema: JsonSchema | undefined;
  readonly value: Arguments;
  readonly onChange: (value: Arguments) => void;
}) {
  const properties = Object.entries(typeof schema?.properties === 'object' ? (schema.properties ?? {}) : {});
  const [asJson, setAsJson] = useState(properties.length === 0);
  const required = new Set(Array.isArray(schema?.required) ? schema.required : []);
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className="flex w-full items-center justify-between text-sm font-semibold">
        Arguments
        {properties.length > 0 && (
          <Button small look="quiet" onClick={() => setAsJson(!asJson)}>
            {asJson ? 'As a form' : 'As JSON'}
          </Button>
        )}
      </legend>
      {asJson ? (
        <JsonArguments value={value} onChange={onChange} />
      ) : (
        properties.map(([name, member]) => (
          <Field
            key={name}
            label={<bdi className="font-mono">{harmless(name, 80)}</bdi>}
            optional={!required.has(name)}
            hint={typeof member?.description === 'string' ? harmless(member.description, 200) : undefined}
          >
            {(ids) => (
              <ArgumentInput
                ids={ids}
                schema={member}
                value={value[name]}
                onChange={(next) =>
                  onChange(
                    next === undefined
                      ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
                      : { ...value, [name]: next },
                  )
                }
              />
            )}
          </Field>
        ))
      )}
    </fieldset>
  );
}

function JsonArguments({
  value,
  onChange,
}: {
  readonly value: Arguments;
  readonly onChange: (value: Arguments) => void;
}) {
  const [text, setText] = useState(JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState(false);
  const change = (next: string): void => {
    setText(next);
    try {
      const parsed: unknown = JSON.parse(next);
      if (!isObject(parsed)) throw new Error('not an object');
      onChange(parsed as Arguments);
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      <TextArea
        mono
        rows={6}
        aria-label="Arguments as JSON"
        aria-invalid={wrong}
        value={text}
        onChange={change}
      />
      {wrong && <p className="text-xs text-bad">Expected an object of JSON.</p>}
    </>
  );
}
