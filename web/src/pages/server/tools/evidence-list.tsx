import type { Tool } from '../../../api/types.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Untrusted } from '../../../ui/untrusted.tsx';

const MOST = 12;

/** The words of the definition that decided. */
export function EvidenceList({ tool }: { readonly tool: Tool }) {
  const { evidence, signals, confidence } = tool.assessment ?? {};
  const quoted = (Array.isArray(evidence) ? evidence : []).slice(0, MOST);
  return (
    <section>
      <h3 className="mb-1 text-sm font-semibold">
        Why it is {tool.class}
        {confidence !== undefined && (
          <span className="font-normal text-soft"> · {Math.round(confidence * 100)}% sure</span>
        )}
      </h3>
      {tool.classOverride !== null && (
        <p className="text-[0.8125rem] text-soft">Somebody of your organization set the class by hand.</p>
      )}
      {quoted.length === 0 ? (
        <p className="text-[0.8125rem] text-soft">Nothing in the definition says more than its name does.</p>
      ) : (
        <ul className="space-y-1 text-[0.8125rem]">
          {quoted.map(({ place, words, says }) => (
            <li key={`${place} ${words} ${says}`} className="flex flex-wrap gap-x-2">
              <q className="font-medium">
                <Untrusted text={words} most={160} />
              </q>
              <span className="text-soft">
                in <Untrusted text={place} most={80} className="font-mono text-xs" /> says {says}
              </span>
            </li>
          ))}
        </ul>
      )}
      {Array.isArray(signals) && signals.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-1">
          {signals.map((signal) => (
            <Badge key={signal}>{signal.replaceAll('-', ' ')}</Badge>
          ))}
        </p>
      )}
    </section>
  );
}
