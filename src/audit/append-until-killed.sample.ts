/**
 * A process that appends until it is killed, for `survives-a-kill.test.ts`. Arguments: spool directory, private key (PKCS #8 PEM, base64).
 * Prints each acknowledged position on a line of its own, before anything else happens. Its database never takes anything.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { writeSync } from 'node:fs';
import { PortcullisError } from '../errors.ts';
import { openDecisionLog } from './decision-log.ts';
import type { EntryStore } from './mover.ts';

const [directory = '', key = ''] = process.argv.slice(2);
const privateKey = createPrivateKey(Buffer.from(key, 'base64'));
const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();

const away = (): Promise<never> =>
  Promise.reject(new PortcullisError('PC_STORE_UNAVAILABLE', { detail: 'away' }));
const store: EntryStore = {
  entries: {
    insertBatch: away,
    insertBlock: away,
    flush: async () => {},
    page: away,
    get: away,
    async *read() {},
  },
  chains: { list: async () => [], get: async () => undefined },
};

const log = await openDecisionLog({
  directory,
  store,
  chain: 'node-1',
  organization: 'org-1',
  signingKey: { privateKey, publicKeyPem, keyId: 'key-1' },
  clock: Date.now,
  limits: { segmentBytes: 200_000 },
});

async function add(kind: 'intent' | 'decision', id: string): Promise<void> {
  const counters = [{ key: 'k', bucket: 0, amount: 1, expires: Number.MAX_SAFE_INTEGER }];
  const index = {
    kind,
    id,
    at: Date.now(),
    organization: 'org-1',
    ...(kind === 'intent' ? { counters } : {}),
  };
  const { seq, hash } = await log.append(index, { id, at: index.at, organization: 'org-1', tool: 'send' });
  writeSync(1, `${kind} ${id} ${seq} ${hash}\n`);
}

await add('intent', 'in flight when killed');
await Promise.all(
  Array.from({ length: 40 }, async (_, lane) => {
    for (let i = 0; ; i++) {
      await add('intent', `${lane}-${i}`);
      await add('decision', `${lane}-${i}`);
    }
  }),
);
