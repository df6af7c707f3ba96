/** Starts a target and calls it until it answers right. */
import { setTimeout } from 'node:timers/promises';
import { PASSED, requestsFor } from '../load/messages.mjs';
import { stop } from '../process/children.mjs';
import { cpuOf } from '../process/usage.mjs';

const MOST_MS = 30_000;
/** In a quarter of a second. */
const QUIET_MICROSECONDS = 10_000;
const FIRST = { era: 'legacy', bytes: 350, denied: false };

/** @returns `{ child, milliseconds }`: from the start of the process to its first answered call */
export async function startUp(target, most = MOST_MS) {
  const begun = performance.now();
  const child = target.start();
  for (;;) {
    const wrong = await firstCall(target);
    if (wrong === undefined) return { child, milliseconds: performance.now() - begun };
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - begun > most) {
      await stop(child);
      const said = child.said.trim().split('\n').at(-1)?.slice(0, 200);
      throw new Error(ended ? `it ended: ${said}` : `no answered call within ${most / 1000} s: ${wrong}`);
    }
    await setTimeout(5);
  }
}

/** Waits until a target has done what it does after its start, so that this is not charged to calls: 10 s at most. */
export async function untilQuiet({ pid }) {
  for (let looks = 0, used = cpuOf(pid); looks < 40; looks += 1) {
    await setTimeout(250);
    const now = cpuOf(pid);
    if (now - used <= QUIET_MICROSECONDS) return;
    used = now;
  }
}

/** @returns undefined, or what came instead of the answer */
async function firstCall({ port, paths, token }) {
  let session;
  let answer = '';
  try {
    for (const [body, headers] of requestsFor(FIRST)) {
      const { 'mcp-session-id': mark, ...rest } = headers;
      const response = await fetch(`http://127.0.0.1:${port}${paths.json}`, {
        method: 'POST',
        body: body.replace('@number@@', '100000000'),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(mark === undefined || session === undefined ? {} : { 'mcp-session-id': session }),
          ...rest,
        },
        signal: AbortSignal.timeout(10_000),
      });
      answer = await response.text();
      if (!response.ok) return `${response.status} ${plain(answer)}`;
      session ??= response.headers.get('mcp-session-id') ?? undefined;
    }
  } catch (error) {
    return error.cause?.code ?? error.message;
  }
  return answer.includes(PASSED) ? undefined : plain(answer);
}

/** Short, on one line and without markup. */
function plain(text) {
  const body = /<body>([^]*)<\/body>/.exec(text)?.[1] ?? text;
  return body
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .trim()
    .slice(0, 120);
}
