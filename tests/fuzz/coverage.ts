/**
 * Which of our source ran since the last look: V8's own precise coverage. V8 reports blocks, and joins those that ran equally
 * often, so what is compared is the characters that were run, function by function.
 */
import { Session, type Profiler } from 'node:inspector';
import { promisify } from 'node:util';

export interface Seen {
  /** Something ran that had not run before. */
  readonly isNew: boolean;
  /** The count of the block that ran most. */
  readonly steps: number;
}

export interface Coverage {
  /** What ran since the last look. Remembered when `remember` says so. */
  take(remember: boolean): Promise<Seen>;
  /** Characters of source that have run, as far as remembered. */
  readonly reached: number;
  stop(): void;
}

/** @param sources which files count, by their URL */
export async function startCoverage(sources: RegExp): Promise<Coverage> {
  const session = new Session();
  session.connect();
  const post = promisify(session.post.bind(session)) as (method: string, params?: object) => Promise<unknown>;
  await post('Profiler.enable');
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const known = new Map<string, Uint8Array>();
  let reached = 0;
  const look = ({ ranges }: Profiler.FunctionCoverage, url: string, remember: boolean): boolean => {
    const { startOffset, endOffset } = ranges[0]!;
    const ran = new Uint8Array(endOffset - startOffset);
    // Inner ranges come after those around them.
    for (const range of ranges)
      ran.fill(range.count > 0 ? 1 : 0, range.startOffset - startOffset, range.endOffset - startOffset);
    const key = `${url}:${startOffset}`;
    const before = known.get(key) ?? new Uint8Array(ran.length);
    let isNew = false;
    for (let at = 0; at < ran.length; at++) {
      if (ran[at] === 0 || before[at] === 1) continue;
      isNew = true;
      if (!remember) break;
      before[at] = 1;
      reached++;
    }
    if (remember) known.set(key, before);
    return isNew;
  };
  return {
    take: async (remember) => {
      const { result } = (await post(
        'Profiler.takePreciseCoverage',
      )) as Profiler.TakePreciseCoverageReturnType;
      let isNew = false;
      let steps = 0;
      for (const { url, functions } of result) {
        if (!sources.test(url)) continue;
        for (const one of functions) {
          if (one.ranges[0]!.count === 0) continue;
          for (const { count } of one.ranges) steps = Math.max(steps, count);
          if (look(one, url, remember)) isNew = true;
        }
      }
      return { isNew, steps };
    },
    get reached() {
      return reached;
    },
    stop: () => session.disconnect(),
  };
}
