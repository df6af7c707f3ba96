/** Puts the gateway together over an open store: keys, counters rebuilt from the log, one chain of the log for this process. */
import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { argumentDigests, openDecisionLog, type DecisionLog } from '../audit/index.ts';
import { PortcullisError } from '../errors.ts';
import { addressPolicy, createBinder } from '../identity/index.ts';
import { createCounters } from '../limits/index.ts';
import { claimSlot, createSecretBox, loadSigningKey, newId, type Store } from '../store/index.ts';
import {
  createAddressGuard,
  createToolCatalogue,
  createUpstream,
  type Classify,
} from '../upstreams/index.ts';
import type { Clock, Core, Logger } from './core.ts';
import { StoredDirectory, type ConnectServer, type Directory } from './directory.ts';
import { RunningGateway } from './gateway.ts';
import { Sessions } from './sessions.ts';
import { TaskBook } from './task-book.ts';

export interface OpenOptions {
  readonly home: string;
  readonly store: Store;
  readonly masterKey: Buffer;
  readonly previousKeys: readonly Buffer[];
  readonly publicUrl: string;
  readonly host: string;
  readonly allowPrivateUpstreams: boolean;
  readonly classify: Classify;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Part of the spool's path: processes of different kinds keep apart. */
  readonly role: 'gateway' | 'wrap';
  /** Where servers and grants come from; the store unless given. */
  readonly directory?: (connect: ConnectServer, slot: number) => Directory;
}

export interface OpenedGateway {
  readonly gateway: RunningGateway;
  readonly log: DecisionLog;
  /** Which of the processes of this role on this machine this is, from 0. */
  readonly slot: number;
  /** Stops the gateway and gives the slot back. */
  close(graceMs: number): Promise<void>;
}

/** @throws PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE, PC_MASTER_KEY */
export async function openGateway(options: OpenOptions): Promise<OpenedGateway> {
  const { home, store, masterKey, clock, logger } = options;
  const spool = join(home, 'spool', options.role);
  const slot = await claimSlot(spool);
  const signingKey = loadSigningKey(home);
  // The signing key is this data directory's own: nodes that share a database do not share a chain.
  const chain = `${options.role}-${slot.slot}-${signingKey.keyId}`;
  const log = await openDecisionLog({
    directory: slot.path,
    chain,
    organization: 'portcullis',
    store,
    signingKey,
    clock: () => clock.now(),
  });
  if (log.recovery.damaged.length > 0)
    logger.warn({ recovery: log.recovery }, 'the decision log was damaged where the last process ended');
  const counters = createCounters({ byKey: derivedKey(masterKey, 'portcullis counter keys') });
  for (const bucket of await store.counters.load(clock.now())) counters.restore(bucket);
  const box = createSecretBox(masterKey, [...options.previousKeys]);
  const digestKey = derivedKey(masterKey, 'portcullis argument digests');
  const random = pooledRandom();
  const core: Core = {
    clock,
    newId: () => newId(clock.now(), random),
    logger,
    log,
    counters,
    binder: createBinder(masterKey),
    sessions: new Sessions(),
    tasks: new TaskBook(),
    digestArguments: (args) => argumentDigests(args, digestKey),
  };
  const guard = createAddressGuard({ allowPrivate: options.allowPrivateUpstreams });
  const persistTools = options.directory === undefined;
  const connect: ConnectServer = async ({ id, slug, name }, config) => {
    const upstream = createUpstream(config, {
      name: slug,
      guard,
      logger,
      limits: { connectTimeoutMs: 4000 },
      clock: () => clock.now(),
    });
    const catalogue = createToolCatalogue({
      store: persistTools ? store : FORGETFUL,
      serverId: id,
      serverName: name,
      classify: options.classify,
      clock: () => clock.now(),
    });
    await catalogue.load();
    return { upstream, catalogue };
  };
  const gateway = new RunningGateway({
    core,
    store,
    nodeId: chain,
    addresses: addressPolicy(options.publicUrl, options.host),
    directory:
      options.directory === undefined
        ? new StoredDirectory(store, box, connect, logger)
        : options.directory(connect, slot.slot),
    classify: options.classify,
    followsStore: options.directory === undefined,
  });
  await gateway.start();
  return {
    gateway,
    log,
    slot: slot.slot,
    async close(graceMs) {
      await gateway.stop(graceMs);
      slot.release();
    },
  };
}

/** A wrapped server's tools are learnt anew each time: it is not registered anywhere. */
const FORGETFUL: Pick<Store, 'tools'> = {
  tools: {
    list: () => Promise.resolve([]),
    upsert: () => Promise.resolve(),
    override: () => Promise.reject(new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' })),
    repin: () => Promise.reject(new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' })),
  },
};

/** A key for one purpose (HKDF, RFC 5869). */
function derivedKey(masterKey: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', purpose, 32)));
}

const POOL_BYTES = 4096;

/** Random bytes, drawn many at a time: one system call serves hundreds of ids. */
function pooledRandom(): (bytes: number) => Buffer {
  let pool = Buffer.alloc(0);
  let used = 0;
  return (bytes) => {
    if (used + bytes > pool.length) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    used += bytes;
    return Buffer.from(pool.subarray(used - bytes, used));
  };
}
