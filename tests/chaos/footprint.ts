/** What a process holds: handles and children, from /proc (Linux), and what the gateway's own /metrics says. */
import { readdirSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { rawRequest, type TestGateway } from '../kit/index.ts';

export interface Footprint {
  readonly handles: number;
  readonly children: number;
  /** Resident memory in bytes. */
  readonly resident: number;
}

export async function footprint(gateway: TestGateway): Promise<Footprint> {
  const { text } = await rawRequest(`${gateway.url}/metrics`);
  const metric = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    handles: process.platform === 'linux' ? readdirSync(`/proc/${gateway.pid()}/fd`).length : 0,
    children: childrenOf(gateway.pid()).length,
    resident: metric('process_resident_memory_bytes'),
  };
}

/** The ids of the processes that this one started and that still run. */
export function childrenOf(pid: number): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter((id) => id !== ''),
  );
}

/** Waits until the gateway holds no more than before. @throws AssertionError when it still does after 20 s */
export function expectNoLeak(gateway: TestGateway, before: Footprint): Promise<void> {
  return vi.waitFor(
    async () => {
      const { handles, children } = await footprint(gateway);
      if (handles > before.handles || children > before.children)
        throw new Error(
          `${handles} handles and ${children} children, before ${before.handles} and ${before.children}`,
        );
    },
    { timeout: 20_000, interval: 100 },
  );
}
