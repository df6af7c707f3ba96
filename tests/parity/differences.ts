/** Sends one case over every path and says where the paths disagree. */
import { callsAmong, exactText } from './argument-text.ts';
import { TOOL_NAMES, type ToolCall } from './calls.ts';
import { evaluateCall } from './evaluate.ts';
import { httpPaths, modernWay } from './http-paths.ts';
import { linePaths } from './line-paths.ts';
import type { Outcome, Path } from './path.ts';
import type { Scene } from './scene.ts';
import { wholeBatch } from './whole-batch.ts';

export const PATHS: readonly Path[] = [...httpPaths, ...linePaths];

export interface Case {
  readonly policy: object;
  readonly calls: readonly ToolCall[];
}

export interface Difference {
  readonly path: string;
  /** Which call of the case; -1 for the list. */
  readonly call: number;
  readonly expected: string;
  readonly got: string;
}

interface Seen {
  readonly path: Path;
  readonly outcomes: readonly Outcome[];
  readonly dispatched: readonly (readonly string[])[];
  readonly listed: readonly string[] | undefined;
}

/** @returns every difference, none when all paths agree, and how many verdicts were compared */
export async function differences(
  scene: Scene,
  { policy, calls }: Case,
  paths: readonly Path[] = PATHS,
): Promise<{
  readonly differences: readonly Difference[];
  readonly compared: number;
  readonly outcomes: readonly Outcome[];
}> {
  await scene.recorder.clear();
  const [expected, ...seen] = await Promise.all([
    reference(scene, policy, calls),
    ...paths.map((path) => walk(scene, path, policy, calls)),
  ]);
  const found = seen.flatMap((one) => against(one, expected, calls));
  const isJudged = expected.every(({ verdict }) => verdict !== 'refused');
  if (isJudged) found.push(...(await wholeBatch(scene, policy, calls, expected)));
  const lists = seen.filter(({ listed }) => listed !== undefined);
  for (const { path, listed } of lists.slice(1)) {
    const first = JSON.stringify(lists[0]!.listed);
    if (JSON.stringify(listed) !== first)
      found.push({ path: path.name, call: -1, expected: first, got: JSON.stringify(listed) });
  }
  return {
    differences: found,
    compared: (paths.length + (isJudged ? 1 : 0)) * calls.length + lists.length,
    outcomes: expected,
  };
}

/** Calls have to count, so each is judged by /evaluate first and then made, for a caller of its own. */
async function reference(
  scene: Scene,
  policy: object,
  calls: readonly ToolCall[],
): Promise<readonly Outcome[]> {
  const caller = await scene.caller('json', policy);
  const outcomes: Outcome[] = [];
  const way = modernWay(scene, caller);
  for (const call of calls) {
    outcomes.push(await evaluateCall(scene, caller.grant, call));
    await way.call(call, 'reference');
  }
  return outcomes;
}

async function walk(scene: Scene, path: Path, policy: object, calls: readonly ToolCall[]): Promise<Seen> {
  const way = await path.open(scene, policy);
  try {
    const mark = `${path.name} ${scene.next()}`;
    const outcomes: Outcome[] = [];
    for (const [index, call] of calls.entries()) outcomes.push(await way.call(call, `${mark} ${index}`));
    const listed = await way.list?.();
    const messages = (await way.arrived?.()) ?? (await scene.recorder.log()).map(({ body }) => body);
    const arrived = callsAmong(messages);
    return {
      path,
      outcomes,
      dispatched: calls.map((_, index) => arrived.get(`${mark} ${index}`) ?? []),
      listed,
    };
  } finally {
    await way.close?.();
  }
}

function against(
  { path, outcomes, dispatched, listed }: Seen,
  expected: readonly Outcome[],
  calls: readonly ToolCall[],
): Difference[] {
  const found: Difference[] = [];
  const differ = (call: number, wanted: unknown, got: unknown): void =>
    void found.push({ path: path.name, call, expected: JSON.stringify(wanted), got: JSON.stringify(got) });
  for (const [index, call] of calls.entries()) {
    const [wanted, got] = [expected[index]!, outcomes[index]!];
    if (wanted.verdict !== got.verdict || (wanted.verdict !== 'refused' && wanted.rule !== got.rule))
      differ(index, wanted, got);
    const sent = got.verdict === 'allow' ? [exactText(call.args)] : [];
    if (JSON.stringify(dispatched[index]) !== JSON.stringify(sent)) differ(index, sent, dispatched[index]);
    if (listed !== undefined && !fitsList(call.tool, got, listed))
      differ(index, `${call.tool} in a list that fits its verdict`, { ...got, listed });
  }
  return found;
}

/** What may be called is listed; what is hidden, or denied by default, is not. */
function fitsList(tool: string, { verdict, rule }: Outcome, listed: readonly string[]): boolean {
  if (!TOOL_NAMES.includes(tool)) return !listed.includes(tool);
  if (verdict === 'allow' || verdict === 'needs_approval') return listed.includes(tool);
  return (rule !== '(hidden)' && rule !== '(default deny)') || !listed.includes(tool);
}
