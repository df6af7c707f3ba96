import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApi, type OpenApi } from './testing/open-api.ts';

let api: OpenApi;
beforeAll(async () => void (api = await openApi()));
afterAll(() => api.close());

interface Judged {
  readonly holds: boolean | null;
  readonly objections: readonly { readonly from: number; readonly to: number; readonly line: number }[];
}
const judge = (text: string, rules: object) => api.call<Judged>('POST', '/policies/code', { text, rules });

it('with offsets into the text', async () => {
  const text = 'import json\nimport os\n';
  const { status, body } = await judge(text, { language: 'python', imports: ['json'] });
  expect(status).toBe(200);
  expect(body.holds).toBe(false);
  const [{ from, to, line }] = body.objections as [Judged['objections'][number]];
  expect([text.slice(from, to), line]).toEqual([expect.stringContaining('os'), 2]);
});

it.each([
  ['what stays within', 'print(1)', { language: 'python' }, true],
  ['what does not parse', 'def (', { language: 'python' }, null],
  ['another language', 'rm -rf /', { language: 'shell', commands: ['ls'] }, false],
])('%s', async (_, text, rules, holds) => {
  expect((await judge(text, rules)).body.holds).toBe(holds);
});

it.each([
  ['no language', {}, '/language'],
  ['an unknown language', { language: 'perl' }, '/language'],
  ['a member of another language', { language: 'python', commands: ['ls'] }, '/commands'],
])('names what is wrong with a rule: %s', async (_, rules, pointer) => {
  const answer = await api.call('POST', '/policies/code', { text: '', rules });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
});
