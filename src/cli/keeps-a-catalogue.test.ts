import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBench, type Bench } from './testing/run.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const TOOLS = [
  { name: 'list_mails', description: 'Lists mails.' },
  { name: 'purge_mails', description: 'Permanently deletes all \u202emails.' },
];

it('imports, finds, shows, overrides and exports', async () => {
  const file = await bench.file('tools.json', { tools: TOOLS });
  const imported = await bench.run(
    'catalog',
    'import',
    file,
    '--format',
    'tools-list',
    '--slug',
    'mail',
    '--name',
    'Mail',
  );
  expect(imported).toMatchObject({ code: 0, out: 'imported 1 servers, 2 tools; left out 0' });

  const found = await bench.run('catalog', 'search', 'purge', '--tools', '--class', 'destructive', '--json');
  expect(JSON.parse(found.out)).toMatchObject([{ name: 'purge_mails', severity: 'Critical' }]);
  expect((await bench.run('catalog', 'search', 'mail')).out).toMatch(
    /^SERVER +TITLE.*\nmail +Mail +2 +Critical/,
  );

  expect((await bench.run('catalog', 'show', 'mail', 'purge_mails')).out).toMatch(/Destructive +purge +name/);
  const policy = await bench.run('catalog', 'show', 'mail', '--policy');
  expect(JSON.parse(policy.out)).toMatchObject({ hide: ['purge_mails'] });

  expect((await bench.run('catalog', 'override', 'mail', 'list_mails', 'write')).out).toBe(
    'list_mails: Write',
  );
  const stats = await bench.run('catalog', 'stats', '--json');
  expect(JSON.parse(stats.out)).toMatchObject({
    servers: 1,
    tools: 2,
    byClass: { Read: 0, Write: 1, Destructive: 1 },
  });
  const line = JSON.parse((await bench.run('catalog', 'export')).out) as {
    tools: { classOverride: string }[];
  };
  expect(line.tools.map(({ classOverride }) => classOverride)).toEqual([null, 'Write']);
});

it('says what is wrong, and where', async () => {
  const bad = await bench.file('bad.json', { tools: [{ name: 'a' }, {}] });
  const refused = await bench.run('catalog', 'import', bad, '--format', 'tools-list', '--name', 'Bad');
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('/tools/1/name');
  const lines = await bench.file(
    'list.jsonl',
    '{"registry":"npm","name":"a"}\n{"registry":"gem","name":"b"}\n',
  );
  const some = await bench.run('catalog', 'import', lines, '--format', 'packages');
  expect(some).toMatchObject({ code: 0, out: 'imported 1 servers, 0 tools; left out 1' });
  expect(some.err).toContain('line 2 /registry');
  expect((await bench.run('catalog', 'import', bad, '--format', 'zip')).code).toBe(2);
  expect(await bench.run('catalog', 'show', 'nothing')).toMatchObject({ code: 1 });
  expect((await bench.run('catalog', 'search', '--class', 'Bad')).code).toBe(2);
});
