import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATORS, parsePolicy } from '../../src/policy/index.ts';
import { ROOT } from '../kit/index.ts';

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name))];
const policies = pages.flatMap((page) =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)]
    .map(([, text = '']) => ({ page, text }))
    .filter(({ text }) => text.includes('"version"') && text.includes('"default"')),
);

describe('policies in the documentation', () => {
  it.each(policies)('$page', ({ text }) => {
    const parsed = parsePolicy(text);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  it('are there at all', () => {
    expect(policies.length).toBeGreaterThan(2);
  });

  it('name every operator there is', () => {
    const page = readFileSync(join(ROOT, 'docs/policy.md'), 'utf8');
    expect([...OPERATORS.keys()].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
