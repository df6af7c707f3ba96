/**
 * Where calls wait for people. An approval is good for one call, the one that it was asked for, until it expires. The
 * database holds all of it, and every step is one conditional change there: of any number of nodes, retries and approvers
 * one wins. When the database or the log cannot be used, nothing is approved and nothing is sent.
 */
import { PortcullisError } from '../errors.ts';
import { canonicalJson, type Json, type JsonObject } from '../json.ts';
import type { ApprovalRow, SecretBox, Store } from '../store/index.ts';
import { admitApprover } from './admit-approver.ts';
import { argumentDigest, fingerprint } from './fingerprint.ts';
import { logApproval, logDecided, type AppendOnly } from './log-approval.ts';
import { approvalSettings } from './settings.ts';
import { hasChanged } from './has-changed.ts';
import type { AnsweredApproval, Approver, Asked, AskedCall, Decision } from './types.ts';
import { viewHash } from './view.ts';
import { Watch } from './watch.ts';

export interface DeskParts {
  readonly store: Store;
  readonly box: SecretBox;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** For the digests of arguments. */
  readonly digestKey: Buffer;
  /** Absent in a process that keeps no log. */
  readonly log?: AppendOnly | undefined;
}

const TABLE = 'approvals';
/** Of one grant: an agent must not bury what others ask. */
const MOST_WAITING = 100;
/** A grant with this tag acts on behalf of whom it names; that person may not decide its calls. */
const OWNER_TAG = 'owner:';

export class ApprovalDesk {
  readonly #parts: DeskParts;
  readonly watch: Watch;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.watch = new Watch(parts.store.approvals, parts.now);
  }

  /** Finds what people said of this call, or files it. @throws PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE */
  async ask(call: AskedCall): Promise<Asked> {
    const { store, now, digestKey } = this.#parts;
    const digest = argumentDigest(call, digestKey);
    const print = fingerprint(call, digest);
    const before = await store.approvals.latest(print);
    if (before !== undefined) {
      const known = await this.#known(before, now());
      if (known !== undefined) return known;
    }
    if ((await store.approvals.waiting(call.grant.id)) >= MOST_WAITING)
      throw new PortcullisError('PC_APPROVAL_FULL', { limit: MOST_WAITING });
    const given = await this.#newApproval(call, print, digest);
    const { row, created } = await store.approvals.request(given);
    if (created) {
      await this.#note('requested', row, now(), { message: row.message }).catch(async (error: unknown) => {
        await store.approvals.end(row.id, 'void', now());
        throw error;
      });
      this.watch.look();
    }
    return { state: row.state === 'approved' ? 'approved' : 'pending', approval: row, created };
  }

  /** Takes an approved one for the call with this id; undefined when another has it or its time is over. @throws PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE */
  async claim(id: string, call: string): Promise<AnsweredApproval | undefined> {
    const { store, now, log } = this.#parts;
    const row = await store.approvals.claim(id, call, now());
    if (row === undefined) return undefined;
    let by: readonly string[];
    try {
      by = (await store.approvals.votes(id)).map(({ actor }) => actor);
      if (log !== undefined) await logDecided(log, store.approvals, row);
      await this.#note('executed', row, now(), { call });
    } catch (error) {
      await store.approvals.unclaim(id, call, now());
      throw error;
    }
    this.watch.look();
    return { ...row, by };
  }

  /** The claimed call was provably not sent. @throws PC_STORE_UNAVAILABLE */
  async giveBack(id: string, call: string): Promise<void> {
    await this.#parts.store.approvals.unclaim(id, call, this.#parts.now());
    this.watch.look();
  }

  /** What came of the claimed call. @throws PC_STORE_UNAVAILABLE, PC_LOG_UNAVAILABLE */
  async returned(row: ApprovalRow, call: string, result: JsonObject): Promise<void> {
    const { store, now } = this.#parts;
    const at = now();
    await store.approvals.returned(row.id, call, at, result);
    await this.#note('returned', row, at, { call, result });
    this.watch.look();
  }

  /**
   * One person's answer. The same answer twice is one.
   * @throws PC_API_NOT_FOUND, PC_APPROVAL_FORBIDDEN, PC_APPROVAL_ENDED, PC_APPROVAL_CHANGED
   */
  async decide(id: string, approver: Approver, decision: Decision): Promise<ApprovalRow> {
    const { store, now } = this.#parts;
    const row = await this.get(id);
    admitApprover(row, approver);
    const earlier = (await store.approvals.votes(id)).find(({ actor }) => actor === approver.id);
    if (earlier !== undefined) {
      if (earlier.verdict === decision.verdict) return row;
      throw new PortcullisError('PC_APPROVAL_ENDED', { detail: 'you have answered it already' });
    }
    if (decision.seen !== undefined && decision.seen !== row.viewHash)
      throw new PortcullisError('PC_APPROVAL_CHANGED', {
        detail: 'what you were shown is not what was asked',
      });
    if (row.state === 'pending' && row.expiresAt > now() && (await hasChanged(store, row))) {
      await this.#end(row, 'void');
      throw new PortcullisError('PC_APPROVAL_CHANGED', {
        detail: 'the policy, the grant or the tool has changed since it was asked for',
      });
    }
    const voted = await store.approvals.vote({
      approvalId: id,
      actor: approver.id,
      verdict: decision.verdict,
      reason: decision.reason,
      viewHash: row.viewHash,
      via: approver.via,
      at: now(),
    });
    if (voted === undefined) {
      const { state, expiresAt } = await this.get(id);
      const detail = state === 'pending' && expiresAt <= now() ? 'it has expired' : `it is ${state} already`;
      throw new PortcullisError('PC_APPROVAL_ENDED', { detail });
    }
    if (voted.state !== 'pending') await this.#logDecided(voted);
    this.watch.look();
    return voted;
  }

  /** What people said by now; undefined: it ended, and the call has to be asked for anew. @throws PC_API_NOT_FOUND */
  async said(id: string): Promise<Asked | undefined> {
    return this.#known(await this.get(id), this.#parts.now());
  }

  /** Who asked wants it no more; nothing happens to one that was used or has ended. @throws PC_API_NOT_FOUND, PC_LOG_UNAVAILABLE */
  async withdraw(id: string): Promise<void> {
    await this.#end(await this.get(id), 'void');
  }

  /** @throws PC_API_NOT_FOUND */
  async get(id: string): Promise<ApprovalRow> {
    const row = await this.#parts.store.approvals.get(id);
    if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'approval' });
    return row;
  }

  /** Undefined once they are deleted. @throws PC_MASTER_KEY */
  argumentsOf(row: ApprovalRow): string | undefined {
    return row.sealedArguments === null
      ? undefined
      : this.#parts.box.open(row.sealedArguments, { table: TABLE, id: row.id });
  }

  /** Ends what is out of time, and logs what processes without a log decided. */
  async sweep(): Promise<void> {
    const { store, now } = this.#parts;
    const expired = await store.approvals.expire(now());
    for (const row of [...expired, ...(await store.approvals.unlogged())]) await this.#logDecided(row);
    if (expired.length > 0) this.watch.look();
  }

  /** Deletes the arguments of approvals that ended over `keepMs` ago. */
  async forget(keepMs: number): Promise<void> {
    await this.#parts.store.approvals.forgetArguments(this.#parts.now() - keepMs);
  }

  /** What an earlier request for the same call says to this one; undefined: it has to be asked anew. */
  async #known(row: ApprovalRow, now: number): Promise<Asked | undefined> {
    const { store } = this.#parts;
    if (row.state === 'pending' || row.state === 'approved') {
      if (row.expiresAt > now) return { state: row.state, approval: row, created: false };
      return this.#expired((await this.#end(row, 'expired')) ?? row, now);
    }
    if (row.state === 'expired') return this.#expired(row, now);
    if (row.state !== 'denied' || row.expiresAt <= now) return undefined;
    const { actor, reason } =
      (await store.approvals.votes(row.id)).find(({ verdict }) => verdict === 'deny') ?? {};
    const denial = `${actor ?? 'An approver'} denied it${reason == null ? '.' : `: ${reason}`}`;
    const approval = actor === undefined ? row : { ...row, by: [actor] };
    return { state: 'denied', approval, created: false, denial };
  }

  /** Said once, while it is news; after that the call may be put before people again. */
  async #expired(row: ApprovalRow, now: number): Promise<Asked | undefined> {
    const isNews = now < row.expiresAt + (row.expiresAt - row.requestedAt);
    if (!isNews || !(await this.#parts.store.approvals.tell(row.id))) return undefined;
    const agreed = (await this.#parts.store.approvals.votes(row.id)).length >= row.people;
    const denial = agreed
      ? 'Its approval expired before the call was made. Call again to ask anew.'
      : 'Nobody approved it in time. Call again to ask anew.';
    return { state: 'denied', approval: row, created: false, denial };
  }

  async #newApproval(call: AskedCall, print: string, digest: string) {
    const { store, box, now, newId } = this.#parts;
    const { organization, server, grant, tool, policy, rule, message, earlier = null, expiresSeconds } = call;
    const { role, approvers, people } = await approvalSettings(store, server.id);
    const owner = (await store.grants.get(grant.id))?.owner;
    const requestedAt = now();
    const id = newId();
    const row = {
      id,
      organizationId: organization,
      serverId: server.id,
      serverName: server.name,
      grantId: grant.id,
      grantLabel: grant.label,
      owner: owner ?? ownerTag(grant.tags),
      tool: tool.name,
      toolClass: tool.class,
      fingerprint: print,
      definitionDigest: tool.definitionDigest,
      argumentDigest: digest,
      policyId: policy.id,
      policyVersion: policy.version,
      rule,
      message,
      earlier,
      sealedArguments: box.seal(canonicalJson(call.arguments), { table: TABLE, id }),
      people,
      role,
      approvers,
      requestedAt,
      expiresAt: requestedAt + expiresSeconds * 1000,
    };
    return { ...row, viewHash: viewHash(row, call.arguments) };
  }

  async #end(row: ApprovalRow, state: 'expired' | 'void'): Promise<ApprovalRow | undefined> {
    const ended = await this.#parts.store.approvals.end(row.id, state, this.#parts.now());
    if (ended !== undefined) await this.#logDecided(ended);
    this.watch.look();
    return ended;
  }

  async #logDecided(row: ApprovalRow): Promise<void> {
    const { log, store } = this.#parts;
    if (log !== undefined) await logDecided(log, store.approvals, row);
  }

  async #note(
    event: 'requested' | 'executed' | 'returned',
    row: ApprovalRow,
    at: number,
    more: { readonly [member: string]: Json },
  ): Promise<void> {
    if (this.#parts.log !== undefined) await logApproval(this.#parts.log, event, row, at, more);
  }
}

/** A grant from the configuration file names its owner by a tag. */
function ownerTag(tags: readonly string[]): string | null {
  return tags.find((tag) => tag.startsWith(OWNER_TAG))?.slice(OWNER_TAG.length) ?? null;
}
