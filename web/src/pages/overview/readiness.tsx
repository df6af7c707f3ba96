import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../ui/notice.tsx';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}

/** Shown only when the gateway is not ready. */
export function Readiness() {
  const { data } = useQuery({
    queryKey: ['readyz'],
    // A gateway that is not ready says why with 503, so the status is no error here.
    queryFn: async ({ signal }): Promise<readonly Check[]> => {
      const answer = await fetch('/readyz', { signal });
      return ((await answer.json()) as { readonly checks: readonly Check[] }).checks;
    },
    refetchInterval: 30_000,
  });
  const failed = (data ?? []).filter(({ ok }) => !ok);
  if (failed.length === 0) return null;
  return (
    <Notice tone="bad" title="The gateway is not ready: calls may be refused">
      <ul className="mt-1 list-disc pl-5">
        {failed.map(({ name, detail }) => (
          <li key={name}>
            {name}
            {detail === undefined ? '' : `: ${detail}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
