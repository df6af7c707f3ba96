import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { statsQuery } from '../../api/queries/stats.ts';

export interface Traffic {
  readonly calls: readonly number[];
  readonly denials: readonly number[];
  readonly errors: number;
}

const DAY_MS = 86_400_000;
const STEPS = 24;

/** The last day of each server by its id, by the hour; undefined while it is not known. */
export function useServerTraffic(): ReadonlyMap<string, Traffic> | undefined {
  const [to] = useState(() => Math.ceil(Date.now() / 60_000) * 60_000);
  const from = to - DAY_MS;
  const { data } = useQuery(statsQuery({ from, to }, { by: 'server', top: 200 }));
  return (
    data &&
    new Map(data.series.map(({ key, failed, points }) => [key, { ...byHour(points, from), errors: failed }]))
  );
}

function byHour(
  points: readonly { readonly at: string; readonly calls: number; readonly denied: number }[],
  from: number,
): Pick<Traffic, 'calls' | 'denials'> {
  const calls = Array.from({ length: STEPS }, () => 0);
  const denials = Array.from({ length: STEPS }, () => 0);
  for (const { at, calls: count, denied } of points) {
    const place = Math.floor(((new Date(at).getTime() - from) / DAY_MS) * STEPS);
    const step = Math.min(STEPS - 1, Math.max(0, place));
    calls[step]! += count;
    denials[step]! += denied;
  }
  return { calls, denials };
}
