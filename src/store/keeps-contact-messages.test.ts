import { expect, it } from 'vitest';
import { freshStore, onEveryDatabase } from './testing/databases.ts';
import { START } from './testing/samples.ts';
import type { ContactMessageRow } from './types.ts';

const letter = (id: string, change: Partial<ContactMessageRow> = {}): ContactMessageRow => ({
  id,
  at: START,
  name: 'Ada',
  email: 'ada@example.com',
  message: 'Line one\nline two: “ü”',
  page: '/catalog/shop',
  sender: 'one',
  ...change,
});
const limits = { since: START, fromSender: 2, fromAll: 4 };

await onEveryDatabase('contact messages', (database) => {
  it('come back newest first, page by page', async () => {
    const { contactMessages } = await freshStore(database);
    for (const index of [0, 1, 2])
      expect(
        await contactMessages.accept(letter(`m${index}`, { at: START + index, sender: `s${index}` }), limits),
      ).toBe(true);
    const first = await contactMessages.page({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['m2', 'm1']);
    const second = await contactMessages.page({ limit: 2, cursor: first.nextCursor as string });
    expect(second).toEqual({ items: [letter('m0', { sender: 's0' })], nextCursor: null });
  });

  it('are counted for each sender and for all, in their time', async () => {
    const { contactMessages } = await freshStore(database);
    const accept = (id: string, change: Partial<ContactMessageRow> = {}) =>
      contactMessages.accept(letter(id, change), limits);
    expect(await accept('old', { at: START - 1 })).toBe(true);
    expect([await accept('a'), await accept('b'), await accept('c')]).toEqual([true, true, false]);
    expect(await accept('d', { sender: 'two' })).toBe(true);
    expect(await accept('e', { sender: 'three' })).toBe(true);
    expect(await accept('f', { sender: 'four' })).toBe(false);
    expect((await contactMessages.page({})).items).toHaveLength(5);
  });

  it('that are sent twice are kept once', async () => {
    const { contactMessages } = await freshStore(database);
    const sendings = Array.from({ length: 5 }, () => contactMessages.accept(letter('same'), limits));
    expect(await Promise.all(sendings)).toEqual(Array(5).fill(true));
    expect((await contactMessages.page({})).items).toHaveLength(1);
  });

  it('that come at once cannot slip past a limit together', async () => {
    const { contactMessages } = await freshStore(database);
    const sendings = Array.from({ length: 6 }, (_, index) =>
      contactMessages.accept(letter(`m${index}`), limits),
    );
    expect((await Promise.all(sendings)).filter(Boolean)).toHaveLength(2);
  });
});
