import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approver, ASKED, testDesk, type TestDesk } from './samples.ts';
import { setApprovalSettings } from './settings.ts';

let test: TestDesk;
beforeEach(async () => void (test = await testDesk()));
afterEach(() => test.close());

const approve = { verdict: 'approve', reason: null } as const;
const deny = { verdict: 'deny', reason: 'not now' } as const;

describe('a try of a call', () => {
  it('waits, is approved, and is used up by the call that takes it', async () => {
    const { desk, logged } = test;
    const first = await desk.ask(ASKED);
    expect(first).toMatchObject({ state: 'pending', created: true });
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'pending', created: false });
    await desk.decide(first.approval.id, approver('anna'), approve);
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'approved', approval: { id: first.approval.id } });
    const claimed = await desk.claim(first.approval.id, 'call-1');
    expect(await desk.claim(first.approval.id, 'call-2')).toBeUndefined();
    await desk.returned(claimed!, 'call-1', { isError: false });
    expect(logged).toEqual([
      'approval.requested',
      'approval.decided',
      'approval.executed',
      'approval.returned',
    ]);
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'pending', created: true });
  });

  it('stays denied until its time is over, and then may be asked for again', async () => {
    const { desk, clock } = test;
    const { approval } = await desk.ask(ASKED);
    await desk.decide(approval.id, approver('anna'), deny);
    for (let i = 0; i < 3; i += 1)
      expect(await desk.ask(ASKED)).toMatchObject({ state: 'denied', denial: 'anna denied it: not now' });
    clock.now += 60_000;
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'pending', created: true });
  });

  it('reads once that it expired', async () => {
    const { desk, clock, logged } = test;
    await desk.ask(ASKED);
    clock.now += 60_000;
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'denied', approval: { state: 'expired' } });
    expect(logged).toEqual(['approval.requested', 'approval.decided']);
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'pending', created: true });
  });

  it('that was approved too late cannot be claimed', async () => {
    const { desk, clock } = test;
    const { approval } = await desk.ask(ASKED);
    await desk.decide(approval.id, approver('anna'), approve);
    clock.now += 60_000;
    expect(await desk.claim(approval.id, 'call')).toBeUndefined();
    expect((await desk.ask(ASKED)).denial).toContain('expired before the call was made');
  });

  it('that was not sent is good again', async () => {
    const { desk } = test;
    const { approval } = await desk.ask(ASKED);
    await desk.decide(approval.id, approver('anna'), approve);
    await desk.claim(approval.id, 'call');
    await desk.giveBack(approval.id, 'call');
    expect(await desk.claim(approval.id, 'again')).toMatchObject({ state: 'used', claimedBy: 'again' });
  });

  it('of one grant cannot bury the others', async () => {
    const { desk } = test;
    for (let i = 0; i < 100; i += 1) await desk.ask({ ...ASKED, params: { i } });
    await expect(desk.ask({ ...ASKED, params: { i: 100 } })).rejects.toMatchObject({
      code: 'PC_APPROVAL_FULL',
    });
    const other = { ...ASKED, grant: { ...ASKED.grant, id: 'other' } };
    expect((await desk.ask(other)).created).toBe(true);
  });
});

describe('when the log cannot be written', () => {
  it('nothing is filed', async () => {
    const { desk, log } = test;
    log.broken = true;
    await expect(desk.ask(ASKED)).rejects.toThrow();
    log.broken = false;
    expect(await desk.ask(ASKED)).toMatchObject({ state: 'pending', created: true });
  });

  it('nothing is taken, and the approval stays', async () => {
    const { desk, log } = test;
    const { approval } = await desk.ask(ASKED);
    await desk.decide(approval.id, approver('anna'), approve);
    log.broken = true;
    await expect(desk.claim(approval.id, 'call')).rejects.toThrow();
    log.broken = false;
    expect((await desk.claim(approval.id, 'call'))?.state).toBe('used');
  });
});

describe('who may answer', () => {
  it('not who asks, whatever their role', async () => {
    const { desk } = test;
    const { approval } = await desk.ask({ ...ASKED, grant: { ...ASKED.grant, tags: ['owner:olga'] } });
    await expect(desk.decide(approval.id, approver('olga'), approve)).rejects.toMatchObject({
      code: 'PC_APPROVAL_FORBIDDEN',
    });
    await desk.decide(approval.id, approver('anna'), approve);
  });

  it('not without the role; only who is named, where somebody is', async () => {
    const { desk, store } = test;
    const { approval } = await desk.ask(ASKED);
    await expect(desk.decide(approval.id, approver('vera', false), approve)).rejects.toMatchObject({
      code: 'PC_APPROVAL_FORBIDDEN',
    });
    await setApprovalSettings(store, 's', { role: 'admin', approvers: ['nora'], people: 1 });
    const named = await desk.ask({ ...ASKED, params: { other: 1 } });
    await expect(desk.decide(named.approval.id, approver('anna'), approve)).rejects.toMatchObject({
      code: 'PC_APPROVAL_FORBIDDEN',
    });
    expect((await desk.decide(named.approval.id, approver('nora', false), approve)).state).toBe('approved');
  });

  it('once, and only what was shown', async () => {
    const { desk, store } = test;
    await setApprovalSettings(store, 's', { role: 'admin', approvers: [], people: 2 });
    const { approval } = await desk.ask(ASKED);
    await expect(
      desk.decide(approval.id, approver('anna'), { ...approve, seen: 'something else' }),
    ).rejects.toMatchObject({ code: 'PC_APPROVAL_CHANGED' });
    const seen = { ...approve, seen: approval.viewHash };
    expect((await desk.decide(approval.id, approver('anna'), seen)).state).toBe('pending');
    expect((await desk.decide(approval.id, approver('anna'), seen)).state).toBe('pending');
    await expect(desk.decide(approval.id, approver('anna'), deny)).rejects.toMatchObject({
      code: 'PC_APPROVAL_ENDED',
    });
    expect((await desk.decide(approval.id, approver('bert'), seen)).state).toBe('approved');
    await expect(desk.decide(approval.id, approver('carl'), deny)).rejects.toMatchObject({
      code: 'PC_APPROVAL_ENDED',
    });
  });
});

it('deletes arguments when their time to be kept is over', async () => {
  const { desk, store, clock } = test;
  const { approval } = await desk.ask(ASKED);
  expect(desk.argumentsOf(approval)).toBe('{"path":"/a"}');
  clock.now += 60_000;
  await desk.sweep();
  clock.now += 1000;
  await desk.forget(1000);
  expect((await store.approvals.get(approval.id))!.sealedArguments).not.toBeNull();
  clock.now += 1;
  await desk.forget(1000);
  expect(desk.argumentsOf(await desk.get(approval.id))).toBeUndefined();
});

it('wakes whoever waits for it, also when another process decides', async () => {
  const { desk, store } = test;
  const { approval } = await desk.ask(ASKED);
  const waiting = desk.watch.settled(approval.id, 20_000, new AbortController().signal);
  await store.approvals.vote({
    approvalId: approval.id,
    actor: 'anna',
    verdict: 'approve',
    reason: null,
    viewHash: approval.viewHash,
    via: 'cli',
    at: approval.requestedAt + 1,
  });
  expect((await waiting)?.state).toBe('approved');
});
