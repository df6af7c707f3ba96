/** Puts the gateway together over an open store: keys, counters rebuilt from the log, one chain of the log for this process. */
import { createSecretKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ApprovalDesk } from '../approvals/index.ts';
import { argumentsText, createArgumentDigest, openDecisionLog, type DecisionLog } from '../audit/index.ts';
import { PortcullisError } from '../errors.ts';
import { addressPolicy, createBinder } from '../identity/index.ts';
import { createCounters, type RedisAddress } from '../limits/index.ts';
import {
  claimSlot,
  createSecretBox,
  derivedKey,
  loadDerivationKey,
  loadSigningKey,
  newId,
  type SecretBox,
  type ServerRow,
  type Store,
} from '../store/index.ts';
import {
  createAddressGuard,
  createToolCatalogue,
  createUpstream,
  type Classify,
  type CredentialSource,
  type Upstream,
} from '../upstreams/index.ts';
import { standsBy } from './approvals.ts';
import type { CallTrace } from './call-trace.ts';
import type { Clock, Core, Logger } from './core.ts';
import { openTogether } from './open-together.ts';
import { StoredDirectory, type ConnectServer, type Directory } from './directory.ts';
import { RunningGateway } from './gateway.ts';
import { PersonalUpstreams } from './personal-upstreams.ts';
import { Sessions } from './sessions.ts';
import { TaskBook } from './task-book.ts';
import { openOutcome, UnknownOutcomes } from './unknown-outcomes.ts';

export interface OpenOptions {
  readonly home: string;
  readonly store: Store;
  readonly masterKey: Buffer;
  readonly previousKeys: readonly Buffer[];
  /** Opens the stored secrets; made from the keys unless given. */
  readonly box?: SecretBox;
  readonly publicUrl: string;
  readonly host: string;
  readonly allowPrivateUpstreams: boolean;
  /** Proxies in front, whose X-Forwarded-For is believed: addresses and CIDR ranges. */
  readonly trustedProxies?: readonly string[];
  readonly classify: Classify;
  /** How long a call may wait for its approval before it is told to come again: 0 (unless given) to 50,000 ms. */
  readonly approvalHoldMs?: number;
  /** Where all nodes count together; without it each counts for itself. */
  readonly redis?: RedisAddress | undefined;
  /** How long arguments are kept after an approval has ended; 30 days unless given. */
  readonly approvalKeepMs?: number;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Part of the spool's path: processes of different kinds keep apart. */
  readonly role: 'gateway' | 'wrap';
  /** The changing credentials of a server, where it has any. */
  readonly credentials?: (
    server: Pick<ServerRow, 'id' | 'slug' | 'url' | 'auth'>,
    /** Whose, where everybody signs in for themself. */
    person?: string,
  ) => CredentialSource | undefined;
  /** Watches every message that is handled. */
  readonly trace?: CallTrace | undefined;
  /** Where servers and grants come from; the store unless given. */
  readonly directory?: (connect: ConnectServer, slot: number) => Directory;
}

export interface OpenedGateway {
  readonly gateway: RunningGateway;
  readonly log: DecisionLog;
  readonly desk: ApprovalDesk;
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
    tellLost: async (calls) => {
      const rows = calls.map((call) => openOutcome(call, clock.now()));
      if (rows.length > 0) await store.unknownOutcomes.put(rows);
    },
  });
  if (log.recovery.damaged.length > 0)
    logger.warn({ recovery: log.recovery }, 'the decision log was damaged where the last process ended');
  const box = options.box ?? createSecretBox(masterKey, [...options.previousKeys]);
  const derivationKey = await loadDerivationKey(store, box, masterKey);
  const byKey = createSecretKey(derivedKey(derivationKey, 'portcullis counter keys'));
  const counters = createCounters({ byKey });
  const together =
    options.redis === undefined
      ? undefined
      : await openTogether(options.redis, { log, chain, store, clock, logger, byKey, derivationKey });
  if (together === undefined)
    for (const bucket of await store.counters.load(clock.now())) counters.restore(bucket);
  const digestKey = derivedKey(derivationKey, 'portcullis argument digests');
  const digest = createArgumentDigest(digestKey);
  const describeArguments: Core['describeArguments'] = (args, written) =>
    argumentsText(args, digest, written);
  const freshId = (): string => newId(clock.now());
  const desk = new ApprovalDesk({ store, box, log, digestKey, now: () => clock.now(), newId: freshId });
  const core: Core = {
    clock,
    newId: freshId,
    newTaskId: randomUUID,
    logger,
    trace: options.trace,
    log,
    counters,
    together,
    binder: createBinder(derivationKey),
    sessions: new Sessions(),
    tasks: new TaskBook(),
    unknownOutcomes: new UnknownOutcomes({ store, clock, logger, describeArguments }),
    approvals: {
      desk,
      holdMs: options.approvalHoldMs ?? 0,
      keepMs: options.approvalKeepMs ?? 30 * 86_400_000,
      pageUrl: options.role === 'wrap' ? undefined : (id) => `${options.publicUrl}/approvals/${id}`,
      held: new Map(),
      stands: standsBy(() => directory, clock),
    },
    describeArguments,
  };
  const guard = createAddressGuard({ allowPrivate: options.allowPrivateUpstreams });
  const persistTools = options.directory === undefined;
  const connect: ConnectServer = async ({ id, slug, name, auth = null }, config) => {
    const url = 'url' in config ? config.url : null;
    const upstreamFor = (person?: string): Upstream => {
      const credentials = options.credentials?.({ id, slug, url, auth }, person);
      return createUpstream(config, {
        ...(credentials === undefined ? {} : { credentials }),
        name: slug,
        guard,
        logger,
        limits: { connectTimeoutMs: 4000 },
        clock: () => clock.now(),
      });
    };
    const personal =
      auth?.perUser === true ? new PersonalUpstreams(slug, config.transport, upstreamFor) : undefined;
    const catalogue = createToolCatalogue({
      store: persistTools ? store : FORGETFUL,
      serverId: id,
      serverName: name,
      classify: options.classify,
      clock: () => clock.now(),
    });
    await catalogue.load();
    return personal === undefined
      ? { upstream: upstreamFor(), catalogue }
      : { upstream: personal, personal, catalogue };
  };
  const directory =
    options.directory === undefined
      ? new StoredDirectory(store, box, connect, logger, options.publicUrl)
      : options.directory(connect, slot.slot);
  const gateway = new RunningGateway({
    core,
    store,
    nodeId: chain,
    addresses: addressPolicy(options.publicUrl, options.host, options.trustedProxies),
    directory,
    classify: options.classify,
    followsStore: options.directory === undefined,
  });
  await gateway.start();
  return {
    gateway,
    log,
    desk,
    slot: slot.slot,
    async close(graceMs) {
      await gateway.stop(graceMs);
      await together?.close();
      slot.release();
    },
  };
}

/** A wrapped server's tools are learnt anew each time: it is not registered anywhere. */
const FORGETFUL: Pick<Store, 'tools'> = {
  tools: {
    list: () => Promise.resolve([]),
    state: () => Promise.resolve(''),
    changedSince: () => Promise.resolve([]),
    stamps: () => Promise.resolve(new Map()),
    summaries: () => Promise.resolve([]),
    upsert: () => Promise.resolve(),
    override: () => Promise.reject(new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' })),
    repin: () => Promise.reject(new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' })),
  },
};
