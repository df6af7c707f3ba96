import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { NewApproval } from './approval-types.ts';
import { freshStore, onEveryDatabase, openedStore } from './testing/databases.ts';
import { START, steppedClock } from './testing/samples.ts';

function sample(more: Partial<NewApproval> = {}): NewApproval {
  return {
    id: randomUUID(),
    organizationId: 'org-1',
    serverId: 's',
    serverName: 'S',
    grantId: 'g',
    grantLabel: 'G',
    owner: null,
    tool: 't',
    toolClass: 'Write',
    fingerprint: 'f',
    definitionDigest: 'd',
    argumentDigest: 'a',
    policyId: 'p',
    policyVersion: 1,
    rule: '/r',
    message: 'why',
    earlier: null,
    sealedArguments: 'sealed',
    viewHash: 'v',
    people: 1,
    role: 'policy_manager',
    approvers: [],
    requestedAt: START,
    expiresAt: START + 60_000,
    ...more,
  };
}

const vote = (
  approvalId: string,
  actor: string,
  verdict: 'approve' | 'deny' = 'approve',
  at = START + 1,
) => ({
  approvalId,
  actor,
  verdict,
  reason: null,
  viewHash: 'v',
  via: 'api' as const,
  at,
});

await onEveryDatabase('approvals', (database) => {
  it('keeps one record for identical calls, however many ask at once', async () => {
    const { approvals } = await freshStore(database);
    const asked = await Promise.all(Array.from({ length: 8 }, () => approvals.request(sample())));
    expect(asked.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(asked.map(({ row }) => row.id)).size).toBe(1);
  });

  it('is claimed once, whichever process tries', async () => {
    const url = await database.url();
    const stores = [await openedStore(url), await openedStore(url)];
    const { row } = await stores[0]!.approvals.request(sample());
    expect(await stores[1]!.approvals.claim(row.id, 'early', START + 1)).toBeUndefined();
    expect((await stores[1]!.approvals.vote(vote(row.id, 'anna')))?.state).toBe('approved');
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        stores[index % 2]!.approvals.claim(row.id, `call-${index}`, START + 2),
      ),
    );
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
    expect((await stores[0]!.approvals.get(row.id))?.state).toBe('used');
  });

  it('counts two people who answer at once on two processes', async () => {
    const url = await database.url();
    const stores = [await openedStore(url), await openedStore(url)];
    const { row } = await stores[0]!.approvals.request(sample({ people: 2 }));
    expect((await stores[0]!.approvals.vote(vote(row.id, 'anna')))?.state).toBe('pending');
    expect((await stores[0]!.approvals.vote(vote(row.id, 'anna')))?.state).toBe('pending');
    await Promise.all(stores.map((store, index) => store.approvals.vote(vote(row.id, `p${index}`))));
    expect((await stores[0]!.approvals.get(row.id))?.state).toBe('approved');
  });

  it('lets one denial end it, and nothing after', async () => {
    const { approvals } = await freshStore(database);
    const { row } = await approvals.request(sample({ people: 2 }));
    expect((await approvals.vote(vote(row.id, 'anna', 'deny')))?.state).toBe('denied');
    expect(await approvals.vote(vote(row.id, 'bert'))).toBeUndefined();
    expect(await approvals.claim(row.id, 'call', START + 2)).toBeUndefined();
  });

  it('cannot be answered or claimed once it has expired', async () => {
    const { approvals } = await freshStore(database);
    const { row } = await approvals.request(sample());
    expect(await approvals.vote(vote(row.id, 'anna', 'approve', row.expiresAt))).toBeUndefined();
    await approvals.vote(vote(row.id, 'anna'));
    expect(await approvals.claim(row.id, 'call', row.expiresAt)).toBeUndefined();
    expect((await approvals.expire(row.expiresAt)).map(({ id }) => id)).toEqual([row.id]);
    expect(await approvals.expire(row.expiresAt)).toEqual([]);
    expect((await approvals.request(sample({ requestedAt: row.expiresAt }))).created).toBe(true);
  });

  it('comes back from a call that was not sent, unless it was asked for again', async () => {
    const { approvals } = await freshStore(database);
    const { row } = await approvals.request(sample());
    await approvals.vote(vote(row.id, 'anna'));
    await approvals.claim(row.id, 'one', START + 2);
    await approvals.unclaim(row.id, 'another', START + 3);
    expect((await approvals.get(row.id))?.state).toBe('used');
    await approvals.unclaim(row.id, 'one', START + 3);
    expect((await approvals.get(row.id))?.state).toBe('approved');
    await approvals.claim(row.id, 'two', START + 4);
    await approvals.request(sample());
    await approvals.unclaim(row.id, 'two', START + 5);
    expect((await approvals.get(row.id))?.state).toBe('used');
  });

  it('does not come back once its call has returned', async () => {
    const { approvals } = await freshStore(database);
    const { row } = await approvals.request(sample());
    await approvals.vote(vote(row.id, 'anna'));
    await approvals.claim(row.id, 'call', START + 2);
    await approvals.returned(row.id, 'call', START + 3, { isError: false });
    await approvals.unclaim(row.id, 'call', START + 4);
    expect(await approvals.get(row.id)).toMatchObject({ state: 'used', result: { isError: false } });
  });

  it('says a thing once, pages newest first, and forgets arguments', async () => {
    const { approvals } = await freshStore(database);
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const given = sample({ fingerprint: `f${index}`, requestedAt: START + index });
      ids.unshift((await approvals.request(given)).row.id);
    }
    expect([await approvals.tell(ids[0]!), await approvals.tell(ids[0]!)]).toEqual([true, false]);
    expect([await approvals.markLogged(ids[0]!), await approvals.markLogged(ids[0]!)]).toEqual([true, false]);
    const first = await approvals.page({ organization: 'org-1' }, { limit: 3 });
    const rest = await approvals.page({ organization: 'org-1' }, { limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect((await approvals.page({ organization: 'other' }, {})).items).toEqual([]);
    await approvals.end(ids[0]!, 'void', START + 10);
    await approvals.forgetArguments(START + 11);
    expect((await approvals.get(ids[0]!))?.sealedArguments).toBeNull();
    expect((await approvals.get(ids[1]!))?.sealedArguments).toBe('sealed');
  });

  it('lets a link be used once', async () => {
    const { approvals } = await freshStore(database);
    const { row } = await approvals.request(sample());
    const link = {
      id: randomUUID(),
      approvalId: row.id,
      approver: 'anna@example.com',
      expiresAt: START + 10,
    };
    await approvals.addLink(link);
    expect(await approvals.useLink(link.id, START + 10)).toBe(false);
    const uses = await Promise.all(Array.from({ length: 5 }, () => approvals.useLink(link.id, START + 5)));
    expect(uses.filter(Boolean)).toHaveLength(1);
  });
});

await onEveryDatabase('alerts', (database) => {
  it('marks a thing once in its window, whichever process asks, and delivers it from one', async () => {
    const url = await database.url();
    const clock = steppedClock();
    const stores = [await openedStore(url, clock), await openedStore(url, clock)];
    const { id } = await stores[0]!.alerts.insert({
      id: randomUUID(),
      organizationId: 'org-1',
      name: 'a',
      channel: 'webhook',
      sealedTarget: 'sealed',
      shown: 'x',
      events: ['denied'],
      serverId: null,
      rule: null,
      windowSeconds: 1,
      links: false,
      enabled: true,
    });
    const mark = (at: number) => stores.map((store) => store.alerts.mark(id, 'key', at, 1000));
    expect((await Promise.all(mark(START))).filter(Boolean)).toHaveLength(1);
    expect((await Promise.all(mark(START + 999))).filter(Boolean)).toHaveLength(0);
    expect((await Promise.all(mark(START + 1000))).filter(Boolean)).toHaveLength(1);
    const delivery = { id: randomUUID(), alertId: id, sealedMessage: 'm', nextAt: START, createdAt: START };
    await stores[0]!.alerts.enqueue(delivery);
    const taken = await Promise.all(stores.map((store) => store.alerts.take(START, 60_000)));
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await stores[0]!.alerts.take(START + 59_999, 1)).toBeUndefined();
    expect(await stores[0]!.alerts.take(START + 60_000, 1)).toMatchObject({ attempts: 2 });
    await stores[0]!.alerts.done(delivery.id, START + 60_000, null);
    expect(await stores[0]!.alerts.take(START + 120_000, 1)).toBeUndefined();
    await stores[0]!.alerts.remove(id);
    expect(await stores[0]!.alerts.deliveries(id)).toEqual([]);
  });
});
