import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { TextInput } from '../../../ui/text-input.tsx';

interface Trial {
  readonly problem?: string;
  readonly matches?: boolean;
}

/** The gateway's own engine, loaded when somebody writes a pattern. */
async function tryPattern(pattern: string, sample: string): Promise<Trial> {
  const { RE2JS } = await import('re2js');
  try {
    return { matches: RE2JS.compile(pattern).test(sample) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

export function RegexValue({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [sample, setSample] = useState('');
  const { data } = useQuery({
    queryKey: ['regex', value, sample],
    queryFn: () => tryPattern(value, sample),
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <div className="space-y-1.5">
      <TextInput
        mono
        aria-label="Pattern"
        aria-invalid={data?.problem !== undefined}
        value={value}
        onChange={onChange}
        placeholder="^[a-z]+$"
      />
      {data?.problem !== undefined && <p className="text-xs text-bad">{data.problem}</p>}
      <div className="flex items-center gap-2">
        <TextInput
          mono
          aria-label="Text to try the pattern on"
          placeholder="Try it on…"
          value={sample}
          onChange={setSample}
        />
        <span role="status" className="w-24 shrink-0 text-xs">
          {sample !== '' && data?.matches === true && <span className="text-good">Matches</span>}
          {sample !== '' && data?.matches === false && <span className="text-soft">Does not match</span>}
        </span>
      </div>
    </div>
  );
}
