import { join } from 'node:path';
import { statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { claimSlot } from './slots.ts';
import { prepareChildren } from './testing/children.ts';
import { scratchDirectory } from './testing/databases.ts';

const start = prepareChildren();

it('gives each claim the lowest free slot, also within one process', async () => {
  const directory = join(scratchDirectory(), 'spool');
  const [first, second] = [await claimSlot(directory), await claimSlot(directory)];
  expect([first.slot, second.slot, second.path]).toEqual([0, 1, join(directory, '1')]);
  expect(statSync(second.path).mode & 0o777).toBe(0o700);
  first.release();
  first.release();
  const again = await claimSlot(directory);
  expect(again.slot).toBe(0);
  again.release();
  second.release();
});

it('frees the slot of a process that was killed, and of no other', async () => {
  const directory = scratchDirectory();
  const [killed, living] = [start('claim', directory), start('claim', directory)];
  const said = await Promise.all([killed.next(), living.next()]);
  expect(said.toSorted()).toEqual(['slot 0', 'slot 1']);
  const between = await claimSlot(directory);
  expect(between.slot).toBe(2);
  await killed.kill();
  const freed = await claimSlot(directory);
  expect(`slot ${freed.slot}`).toBe(said[0]);
  freed.release();
  between.release();
});

it('says so when the directory cannot be written', async () => {
  const file = join(scratchDirectory(), 'file');
  writeFileSync(file, '');
  await expect(claimSlot(file)).rejects.toMatchObject({ code: 'PC_STORE_UNAVAILABLE' });
});
