import { expect, it } from 'vitest';
import { checkPolicy } from '../../../policy/index.ts';
import { samplePages } from '../testing/sample-pages.ts';
import { ORGO, SHOP } from '../testing/samples.ts';

function policyOn(html: string): unknown {
  return JSON.parse(
    /<code id="policy">([^<]*)<\/code>/.exec(html)![1]!.replaceAll('&quot;', '"').replaceAll('&#39;', "'"),
  );
}

it('by name for a server of usual size', async () => {
  const html = await samplePages().read('/catalog/orgo-mcp');
  const policy = policyOn(html) as { tools: object; hide: string[] };
  expect(checkPolicy(policy as never)).toMatchObject({ ok: true });
  expect(Object.keys(policy.tools).length + policy.hide.length).toBe(ORGO.definitions.length);
});

it('by class for a server with too many tools to list', async () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ name: `create_note_${index}` }));
  const servers = [{ slug: 'many', title: 'Many', definitions: [...many, ...SHOP.definitions] }];
  const policy = policyOn(await samplePages({ servers }).read('/catalog/many'));
  expect(checkPolicy(policy as never)).toMatchObject({ ok: true });
  expect(policy).toEqual({
    version: '1',
    default: 'deny',
    hide: ['@destructive'],
    tools: {
      '@read': {},
      '@write': { limits: [{ counter: 'write_rate', window: 'minute', max: 30, scope: 'grant' }] },
      '@execute': { limits: [{ counter: 'execute_rate', window: 'minute', max: 10, scope: 'grant' }] },
      '@financial': { approve_if: [{ conditions: [], reason: 'Requires human approval.' }] },
    },
  });
});
