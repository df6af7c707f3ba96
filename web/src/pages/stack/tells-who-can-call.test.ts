import { describe, expect, it } from 'vitest';
import { reachOf } from './reach.ts';

const tool = (name: string, toolClass: string) => ({
  name,
  class: toolClass,
  classes: [toolClass],
  severity: '',
  drifted: false,
});
const grant = (
  label: string,
  { policyId = 'p', ...rest }: { policyId?: string | null; [name: string]: unknown } = {},
) => ({
  id: label,
  label,
  policyId,
  servers: [{ serverId: 's', policyId }],
  revokedAt: null,
  expiresAt: null,
  ...rest,
});

/** As the gateway counts them. */
const counted = (policyId: string | null, active: number) => ({ policyId, total: active, active, ending: 0 });
const known = (reaches: ReturnType<typeof reachOf>) =>
  reaches.map(({ tool: { name }, callers }) => [
    name,
    callers.map((under) => [under.policy.id, under.count, under.known.map(({ label }) => label)]),
  ]);

describe('who can call what', () => {
  it('counts live grants with a policy that lets the tool through, gravest tools first', () => {
    const items = [
      {
        server: { id: 's', name: 'S', slug: 's' },
        tools: [tool('look', 'Read'), tool('wipe', 'Destructive')],
        policies: [{ id: 'p', name: 'P', document: { version: '1', default: 'deny', tools: { look: {} } } }],
        grants: [
          grant('live'),
          grant('revoked', { revokedAt: '2026-01-01T00:00:00Z' }),
          grant('expired', { expiresAt: '2026-01-01T00:00:00Z' }),
          grant('bare', { policyId: null }),
        ],
        grantCounts: [counted('p', 1), counted(null, 1)],
      },
    ];
    const reaches = reachOf(items as never, [], Date.parse('2026-06-01T00:00:00Z'));
    expect(known(reaches)).toEqual([
      ['wipe', []],
      ['look', [['p', 1, ['live']]]],
    ]);
  });

  it('counts a grant on every server that it reaches, under the policy that it has there', () => {
    const open = (id: string) => ({ id, name: id, document: { version: '1', default: 'allow' } });
    const servers = [
      { serverId: 'a', policyId: 'pa' },
      { serverId: 'b', policyId: 'pb' },
      { serverId: 'c', policyId: null },
    ];
    const shared = { ...grant('shared', { policyId: 'pa' }), servers };
    const items = ['a', 'b', 'c'].map((id) => ({
      server: { id, name: id, slug: id },
      tools: [tool(`look-${id}`, 'Read')],
      policies: [open(`p${id}`)],
      grants: id === 'a' ? [shared] : [],
      grantCounts: [counted(id === 'c' ? null : `p${id}`, 1)],
    }));
    expect(known(reachOf(items as never))).toEqual([
      ['look-a', [['pa', 1, ['shared']]]],
      ['look-b', [['pb', 1, ['shared']]]],
      ['look-c', []],
    ]);
  });

  it('names those that were looked for first, and counts those that it does not know', () => {
    const items = [
      {
        server: { id: 's', name: 'S', slug: 's' },
        tools: [tool('look', 'Read')],
        policies: [{ id: 'p', name: 'P', document: { version: '1', default: 'allow' } }],
        grants: [grant('new')],
        grantCounts: [counted('p', 5000)],
      },
    ];
    expect(known(reachOf(items as never, [grant('old'), grant('new')] as never))).toEqual([
      ['look', [['p', 5000, ['old', 'new']]]],
    ]);
  });
});
