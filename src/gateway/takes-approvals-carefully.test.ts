import { expect, it, onTestFinished } from 'vitest';
import { ApprovalDesk } from '../approvals/index.ts';
import { createSecretBox, newId, openStore } from '../store/index.ts';
import type { Verdict } from '../policy/index.ts';
import type { Approvals } from './approvals.ts';
import type { Call } from './call.ts';
import type { Core } from './core.ts';
import { approve } from './steps/approve.ts';

const VERDICT: Verdict = {
  outcome: 'needs_approval',
  rule: '/r',
  message: 'why',
  reservations: [],
  trace: [],
  approvalExpiresSeconds: 60,
};

/** The members of a call that this step looks at. */
const aCall = (id: string): Call =>
  ({
    id,
    era: 'legacy',
    message: {
      kind: 'request',
      id: { value: 1, text: '1' },
      method: 'tools/call',
      params: { name: 't', arguments: { a: 1 } },
      bytes: Buffer.alloc(0),
    },
    caller: {
      server: { id: 's', name: 'S', organization: 'o' },
      grant: { id: 'g', label: 'G', tags: [], policy: { id: 'p', version: 1 } },
      session: undefined,
    },
    target: { kind: 'tool', name: 't', tool: { facts: { class: 'Write' }, digest: 'd' } },
    verdict: VERDICT,
  }) as unknown as Call;

async function approvedDesk(): Promise<ApprovalDesk> {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  const desk = new ApprovalDesk({
    store,
    box: createSecretBox(Buffer.alloc(32)),
    now: Date.now,
    newId: () => newId(Date.now()),
    digestKey: Buffer.alloc(32),
  });
  return desk;
}

const approvals = (desk: ApprovalDesk, stands: boolean): Approvals => ({
  desk,
  holdMs: 0,
  keepMs: 0,
  pageUrl: undefined,
  held: new Map(),
  stands: () => stands,
});

async function approveFor(desk: ApprovalDesk): Promise<string> {
  const first = aCall('first');
  await approve(first, {} as Core, approvals(desk, true), VERDICT);
  const { id } = first.approval!;
  await desk.decide(id, { id: 'anna', via: 'api', holds: () => true }, { verdict: 'approve', reason: null });
  return id;
}

it('does not make a call whose policy, grant or tool changed while it waited, and gives the approval back', async () => {
  const desk = await approvedDesk();
  const id = await approveFor(desk);
  const ending = await approve(aCall('changed'), {} as Core, approvals(desk, false), VERDICT);
  expect(ending).toMatchObject({ kind: 'error', error: { code: 'PC_APPROVAL_CHANGED' } });
  expect((await desk.get(id)).state).toBe('approved');
});

it('lets one of many tries go on', async () => {
  const desk = await approvedDesk();
  const id = await approveFor(desk);
  const calls = Array.from({ length: 10 }, (_, index) => aCall(`call-${index}`));
  const endings = await Promise.all(
    calls.map((call) => approve(call, {} as Core, approvals(desk, true), VERDICT)),
  );
  const made = calls.filter((_, index) => endings[index] === undefined);
  expect(made.map((call) => call.id)).toEqual([(await desk.get(id)).claimedBy]);
});
