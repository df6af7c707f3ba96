/** Calls of one grant in one era, and what the log and the approvals say of them. */
import { expect, vi } from 'vitest';
import { openSession, sendCall, textOfAnswer, type Era, type Sent, type Target } from '../chaos/clients.ts';
import type { TestGateway } from '../kit/index.ts';
import type { LosingServer, Mode } from './losing-server.ts';

export interface Decision {
  readonly id: string;
  readonly requestId?: string;
  readonly outcome: string;
  readonly rule: string;
  readonly message: string;
  readonly approval?: { readonly id: string };
}

export interface Caller {
  send(tool: string, args: object): Promise<Sent>;
  /** The text of the answer, and the record of the call. */
  call(tool: string, args: object): Promise<{ readonly text: string; readonly decision: Decision }>;
  /** A call that reaches the server, and whose answer is lost. Returns its record. */
  lose(tool: string, args: object, mode?: Mode): Promise<Decision>;
}

export function caller(
  gateway: TestGateway,
  upstream: LosingServer,
  target: Target,
  era: Era = 'modern',
): Caller {
  const send: Caller['send'] = async (tool, args) => {
    const session = era === 'legacy' ? await openSession(target) : undefined;
    return sendCall(target, era, session, 'tools/call', { name: tool, arguments: args });
  };
  const call: Caller['call'] = async (tool, args) => {
    const sent = await send(tool, args);
    const text = await textOfAnswer(sent);
    return { text, decision: await decisionOf(gateway, sent) };
  };
  return {
    send,
    call,
    async lose(tool, args, mode = 'lose') {
      const before = upstream.arrived.length;
      upstream.mode = mode;
      const { text, decision } = await call(tool, args);
      upstream.mode = 'answer';
      expect(text).toContain('PC_UPSTREAM_');
      expect(upstream.arrived).toHaveLength(before + 1);
      return decision;
    },
  };
}

/** As soon as it is complete. */
export function decisionOf(gateway: TestGateway, { id }: Pick<Sent, 'id'>): Promise<Decision> {
  return vi.waitFor(async () => {
    const { body } = await gateway.api<{ items: Decision[] }>('GET', '/decisions?limit=100');
    const found = body.items.find(({ requestId }) => requestId === id);
    if (found === undefined) throw new Error(`the log has no record of ${id}`);
    return found;
  }, 10_000);
}

export async function answer(
  gateway: TestGateway,
  approval: string | undefined,
  verdict: 'approve' | 'deny',
): Promise<void> {
  const said = await gateway.api('POST', `/approvals/${approval}/${verdict}`, { reason: 'looked at it' });
  expect(said.status).toBe(200);
}
