import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { STARTER_DIGEST } from './digest.ts';
import { readStarter } from './read-starter.ts';

it('names the bundled index by what it holds, so that a start can tell without reading it', async () => {
  const servers = JSON.stringify(await readStarter());
  expect(STARTER_DIGEST).toBe(createHash('sha256').update(servers).digest('hex'));
});
