import { expect, it } from 'vitest';
import { onEveryDatabase, openedStore } from './testing/databases.ts';
import { prepareChildren } from './testing/children.ts';

const start = prepareChildren();

await onEveryDatabase('a process killed in the middle of its batches', (database) => {
  it('leaves whole batches: lines, counters and head agree, and nothing acknowledged is lost', async () => {
    const url = await database.url();
    await (await openedStore(url)).close();
    for (const [round, count] of [3, 1, 6].entries()) {
      const child = start('insert', url);
      let acknowledged = 0;
      for (let said = 0; said < count; said++) acknowledged = Number(await child.next());
      await child.kill();

      const store = await openedStore(url);
      const head = (await store.chains.get('node-1'))?.seq ?? 0;
      let lines = 0;
      for await (const { seq } of store.entries.read('node-1')) expect(seq).toBe(++lines);
      const [counter] = await store.counters.load(0);
      expect({ lines, counted: counter?.amount, round }).toEqual({ lines: head, counted: head, round });
      expect(head).toBeGreaterThanOrEqual(acknowledged);
      await store.close();
    }
  });
});
