import { expect, it } from 'vitest';
import type { StatedServer } from '../../catalog/index.ts';
import { hasConsent } from './consent.ts';

const servers: StatedServer[] = [
  {
    name: 'a',
    client: 'Cursor',
    target: { transport: 'stdio', command: ['run', '\u001b[8mit'], env: {} },
    places: new Map(),
  },
];

it('shows what would run, without letting it steer the terminal, and does what the user says', async () => {
  for (const answer of [true, false]) {
    const lines: string[] = [];
    const io = { err: (line: string) => void lines.push(line), confirm: () => Promise.resolve(answer) };
    expect(await hasConsent(io, servers, false)).toBe(answer);
    expect(lines).toEqual(['  a runs run [U+001B][8mit']);
  }
});

it('asks nobody when it was told yes, or when nothing would run', async () => {
  const io = { err: () => {}, confirm: () => Promise.reject(new Error('asked')) };
  expect([await hasConsent(io, servers, true), await hasConsent(io, [], false)]).toEqual([true, true]);
});

it('refuses when there is nobody to ask', async () => {
  await expect(hasConsent({ err: () => {} }, servers, false)).rejects.toThrow(/--yes agrees/);
});
