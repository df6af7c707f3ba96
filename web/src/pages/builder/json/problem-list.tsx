import { harmless } from '../../../lib/harmless.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { Place } from '../../../api/problem.ts';
import type { Validation } from '../use-validation.ts';

const MOST = 20;

/** What is wrong with the policy, and what is probably not meant. */
export function ProblemList({ validation }: { readonly validation: Validation | undefined }) {
  if (validation === undefined) return null;
  const { errors, warnings = [], notes = [], valid } = validation;
  if (valid && warnings.length === 0 && notes.length === 0)
    return <p className="text-[0.8125rem] text-good">Valid, and every name in it is known.</p>;
  return (
    <div className="space-y-2">
      {errors.length > 0 && (
        <Notice tone="bad" title="It cannot be saved like this">
          <Places places={errors} />
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="warn" title="Probably not meant">
          <Places places={warnings} />
        </Notice>
      )}
      {valid && notes.length > 0 && (
        <Notice tone="info" title="How it is understood">
          <Places places={notes} />
        </Notice>
      )}
    </div>
  );
}

function Places({ places }: { readonly places: readonly Place[] }) {
  return (
    <ul className="mt-1 space-y-0.5 text-[0.8125rem]">
      {places.slice(0, MOST).map(({ pointer, message, line }) => (
        <li key={`${pointer} ${message}`}>
          <code className="font-mono text-xs text-soft">
            {line === undefined ? '' : `${line}: `}
            {harmless(pointer || '/', 120)}
          </code>{' '}
          {harmless(message, 400)}
        </li>
      ))}
    </ul>
  );
}
