import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { RequestOf } from '../../../../../src/api/client.ts';
import { call } from '../../../api/call.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';
import { markedParts } from './marked-parts.ts';

type Question = NonNullable<RequestOf<'POST /policies/code'>['body']>;

const PAUSE_MS = 250;

/** A text to try a rule on: what the rule objects to is underlined while it is written, by the readers that judge calls. */
export function SampleCode({ rules }: { readonly rules: object }) {
  const [text, setText] = useState('');
  const question = JSON.stringify({ text, rules });
  const [asked, setAsked] = useState(question);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(question), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [question]);
  const { data, error } = useQuery({
    queryKey: ['code', asked],
    queryFn: ({ signal }) => call('POST /policies/code', { body: JSON.parse(asked) as Question, signal }),
    enabled: text !== '',
    staleTime: Infinity,
    gcTime: 10_000,
    retry: false,
  });
  const judged = text !== '' && asked === question ? data : undefined;
  const behind = useRef<HTMLPreElement>(null);
  return (
    <div className="space-y-1.5">
      <p className="text-[0.8125rem] font-medium">Try it on a text</p>
      <div className="relative">
        <pre
          ref={behind}
          aria-hidden
          className="pointer-events-none absolute inset-px overflow-hidden px-2.5 py-1.5 font-mono text-[0.8125rem] leading-5 break-words whitespace-pre-wrap text-transparent"
        >
          {markedParts(text, judged?.objections ?? []).map((part, index) =>
            part.marked ? (
              <mark
                key={index}
                className="bg-bad/15 text-transparent underline decoration-bad decoration-wavy underline-offset-2"
              >
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )}
        </pre>
        <TextArea
          mono
          rows={6}
          aria-label="Sample code"
          placeholder="Paste a text here: nothing is run or stored."
          className="relative bg-transparent! leading-5 break-words"
          value={text}
          onChange={setText}
          onScroll={({ currentTarget }) => {
            if (behind.current !== null) behind.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <div role="status" aria-label="What the rule objects to" className="text-[0.8125rem]">
        {error !== null && judged === undefined && text !== '' && (
          <ProblemNotice error={error} what="The text could not be judged" />
        )}
        {judged?.holds === true && <p className="text-good">It stays within the lists.</p>}
        {judged !== undefined && judged.holds !== true && (
          <ol className="space-y-1">
            {judged.objections.map(({ from, line, column, message }, index) => (
              <li key={`${from} ${index}`}>
                <span className="font-medium text-bad">
                  Line {line}, column {column}
                </span>{' '}
                <Untrusted text={message} most={300} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}
