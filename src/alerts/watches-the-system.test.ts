import { expect, it } from 'vitest';
import type { DecisionRecord } from '../audit/index.ts';
import type { ServerRow, Store, ToolRow } from '../store/index.ts';
import { decisionMessage } from './describe.ts';
import { canaryMessage, driftMessages } from './watch-system.ts';

const URL = 'https://gateway.example';

it('tells of tools whose definition is not the pinned one, once for each definition', async () => {
  const tools = [
    { name: 'same', digest: 'a', pinnedDigest: 'a' },
    { name: 'changed', digest: 'b', pinnedDigest: 'a' },
  ] as ToolRow[];
  const store = {
    servers: { list: async () => [{ id: 's', slug: 'files', name: 'Files' } as ServerRow] },
    tools: { list: async () => tools },
  } as unknown as Pick<Store, 'servers' | 'tools'>;
  expect(await driftMessages(store, URL, 1)).toMatchObject([
    { event: 'drift', key: 'drift s changed b', serverId: 's', url: `${URL}/servers/files` },
  ]);
});

it('tells of a canary that is not denied, and of no other trouble', async () => {
  const gateway = (ok: boolean) => ({
    readiness: async () => [
      { name: 'store' as const, ok: false },
      { name: 'canary' as const, ok, ...(ok ? {} : { detail: 'it was let through' }) },
    ],
  });
  expect(await canaryMessage(gateway(true), URL, 1)).toBeUndefined();
  expect(await canaryMessage(gateway(false), URL, 1)).toMatchObject({
    event: 'canary_failed',
    facts: { Detail: 'it was let through' },
  });
});

it('tells denials of tools and servers that do not answer apart, and nothing else', () => {
  const record = (more: object): DecisionRecord =>
    ({
      id: '1',
      at: 1,
      server: { id: 's', name: 'Files' },
      grant: { id: 'g', label: 'agent' },
      tool: 't',
      rule: '/r',
      message: 'no',
      ...more,
    }) as unknown as DecisionRecord;
  expect(decisionMessage(record({ outcome: 'deny' }), URL)).toMatchObject({ event: 'denied', rule: '/r' });
  expect(decisionMessage(record({ outcome: 'error', rule: 'PC_UPSTREAM_UNREACHABLE' }), URL)).toMatchObject({
    event: 'upstream_down',
    key: 'upstream_down s',
  });
  for (const more of [
    { outcome: 'allow' },
    { outcome: 'needs_approval' },
    { outcome: 'error', rule: 'PC_JSON_SYNTAX' },
    { outcome: 'deny', server: null },
  ])
    expect(decisionMessage(record(more), URL)).toBeUndefined();
});
