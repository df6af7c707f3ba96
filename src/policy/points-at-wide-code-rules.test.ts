import { expect, it } from 'vitest';
import { lintPolicy } from './index.ts';
import { compiled, withCondition } from './samples.ts';

const notes = (list: 'require' | 'deny_if', value: object): readonly string[] =>
  lintPolicy(compiled(withCondition(list, { path: 'args.code', op: 'code_within', value })).document).map(
    ({ pointer, message }) => `${pointer} ${message}`,
  );

it('points at entries that permit more than their name says', () => {
  const [python] = notes('require', { language: 'python', imports: ['json', 'os.path', 'subprocess'] });
  expect(python).toContain('/tools/t/require/0/conditions/0/value/imports/1 os.path');
  expect(notes('require', { language: 'shell', commands: ['ls', 'bash'] })[0]).toContain('/commands/1 bash');
  expect(notes('require', { language: 'typescript', globals: ['fetch'] })[0]).toContain('name the hosts');
  expect(notes('require', { language: 'sql', statements: ['select'] })[0]).toContain('dialect');
  expect(notes('deny_if', { language: 'python' })[0]).toContain('require is probably meant');
});

it('has nothing to say about narrow ones', () => {
  expect(notes('require', { language: 'python', imports: ['json', 'math'] })).toEqual([]);
  expect(
    notes('require', { language: 'typescript', globals: ['fetch'], hosts: ['api.example.com'] }),
  ).toEqual([]);
});
