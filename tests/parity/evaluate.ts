/** The reference: what `POST /api/v1/evaluate` says of a call, without sending it. */
import { rawPost } from '../kit/index.ts';
import type { ToolCall } from './calls.ts';
import type { Outcome } from './path.ts';
import type { Scene } from './scene.ts';

export async function evaluateCall(scene: Scene, grant: string, call: ToolCall): Promise<Outcome> {
  const input = JSON.stringify({ grant, tool: call.tool });
  const answer = await rawPost(
    `${scene.gateway.url}/api/v1/evaluate`,
    `${input.slice(0, -1)},"arguments":${call.args}}`,
    { authorization: `Bearer ${scene.gateway.adminKey}`, accept: 'application/json' },
  );
  if (answer.status !== 200) return { verdict: 'refused', rule: `${answer.status} ${answer.text}` };
  const { outcome, rule } = answer.json<{ outcome: Outcome['verdict']; rule: string }>();
  return { verdict: outcome, rule };
}
