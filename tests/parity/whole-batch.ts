/** All calls of a case as one batch of 2025-03-26: one refusal refuses all, and then nothing reaches the server. */
import { rawPost } from '../kit/index.ts';
import { callsAmong, exactText } from './argument-text.ts';
import type { ToolCall } from './calls.ts';
import type { Difference } from './differences.ts';
import { openSession } from './http-paths.ts';
import { callMessage } from './messages.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Outcome } from './path.ts';
import type { Scene } from './scene.ts';

const NAME = 'a batch of all, 2025-03-26';

/** @param expected what each call gets when they come one by one; none of them refused before any rule */
export async function wholeBatch(
  scene: Scene,
  policy: object,
  calls: readonly ToolCall[],
  expected: readonly Outcome[],
): Promise<readonly Difference[]> {
  const caller = await scene.caller('json', policy);
  const headers = await openSession(caller, '2025-03-26');
  const mark = `whole batch ${scene.next()}`;
  const messages = calls.map((call, index) => callMessage(index + 1, call, `${mark} ${index}`));
  const answer = await rawPost(caller.url, `[${messages.join(',')}]`, headers);
  const body = answer.json<readonly { readonly id: number }[]>();
  const arrived = callsAmong((await scene.recorder.log()).map((request) => request.body));
  const passes = expected.every(({ verdict }) => verdict === 'allow');
  return calls.flatMap((call, index): Difference[] => {
    const own = expected[index]!;
    const wanted =
      passes || own.verdict !== 'allow' ? own : { verdict: 'refused', rule: 'PC_BATCH_ENTRY_REFUSED' };
    const got = outcomeOf(body.find(({ id }) => id === index + 1));
    const sent = { ...wanted, sent: passes ? [exactText(call.args)] : [] };
    const seen = { ...got, sent: arrived.get(`${mark} ${index}`) ?? [] };
    const [left, right] = [JSON.stringify(sent), JSON.stringify(seen)];
    return left === right ? [] : [{ path: NAME, call: index, expected: left, got: right }];
  });
}
