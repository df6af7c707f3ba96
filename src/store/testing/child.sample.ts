/** A process of its own for tests. Arguments: what to do, then a database URL or a directory. Says what it did, line by line. */
import { writeSync } from 'node:fs';
import { claimSlot } from '../slots.ts';
import { openStore } from '../open-store.ts';
import { addServer, insertRun } from './samples.ts';

const BATCH = 250;
const [task = '', place = '', detail = ''] = process.argv.slice(2);
const say = (text: string): void => void writeSync(1, `${text}\n`);
// Lives until it is killed or told to end.
setInterval(() => {}, 1_000);

switch (task) {
  case 'migrate': {
    const store = await openStore(place);
    say(`revision ${await store.revision()}`);
    await store.close();
    process.exit();
  }
  case 'insert': {
    const store = await openStore(place);
    for (let seq = 1; ; seq += BATCH) {
      await insertRun(store, 'node-1', seq, seq + BATCH - 1);
      say(String(seq + BATCH - 1));
    }
  }
  case 'add-server': {
    const store = await openStore(place);
    await addServer(store, detail);
    say(`revision ${await store.revision()}`);
    await store.close();
    process.exit();
  }
  case 'claim': {
    const { slot } = await claimSlot(place);
    say(`slot ${slot}`);
    break;
  }
  default:
    throw new Error(`unknown task ${task}`);
}
