/**
 * `subscriptions/listen` at `/mcp` (MCP 2026-07-28): a subscription at every server that it concerns, each through its own
 * pipeline, on one stream. One acknowledgement says what all of them grant. A server that refuses or ends its own leaves the
 * others; with the last one the stream ends.
 */
import { PortcullisError } from '../../errors.ts';
import type { Json, JsonObject } from '../../json.ts';
import {
  notificationMessage,
  readMessage,
  resultMessage,
  rewriteMember,
  SUBSCRIPTION_META,
  type RequestMessage,
} from '../../wire/index.ts';
import type { Caller, Front } from '../call.ts';
import { runFor, type Exchange } from './exchange.ts';
import { prefixedUri, splitUri } from './names.ts';
import { ACKNOWLEDGED, SubscriptionBranch, type Granted } from './subscription-branch.ts';

const URIS = 'resourceSubscriptions';
/** How long one server may keep the acknowledgement of the others waiting. */
const PATIENCE_MS = 15_000;

/** @throws PC_PARAMS_INVALID */
export function openSubscriptions(exchange: Exchange, message: RequestMessage): void {
  const asked = exchange.party.members.flatMap((caller) => {
    const own = ownRequest(message, caller);
    return own === undefined ? [] : [[caller, own] as const];
  });
  const trunk = new Trunk(exchange.front, message);
  const branches = asked.map(
    ([caller]) => new SubscriptionBranch(exchange.front, () => trunk.look(), caller.server.slug),
  );
  trunk.carry(branches);
  asked.forEach(([caller, own], at) => {
    const front = branches[at]!;
    try {
      runFor({ ...exchange, front }, caller, own);
    } catch (thrown) {
      exchange.doors.core.logger.warn(
        { server: caller.server.slug, error: String(thrown) },
        'not subscribed',
      );
      front.end();
    }
  });
}

/** Asks a server for its own resources only; undefined when nothing is left to ask it. */
function ownRequest(message: RequestMessage, { server }: Caller): RequestMessage | undefined {
  const wanted = message.params?.notifications as JsonObject | undefined;
  const uris = wanted?.[URIS];
  if (uris === undefined) return message;
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string'))
    throw new PortcullisError('PC_PARAMS_INVALID', { detail: `${URIS} must be a list of URIs` });
  const own = uris.flatMap((uri) => {
    const named = splitUri(uri as string);
    return named?.slug === server.slug ? [named.name] : [];
  });
  const others = Object.entries(wanted!).some(([name, value]) => name !== URIS && value === true);
  if (own.length === 0 && !others) return undefined;
  const path = ['params', 'notifications', URIS];
  return readMessage(rewriteMember(message.bytes, path, JSON.stringify(own))) as RequestMessage;
}

/** The client's side, with all branches behind it. */
class Trunk {
  readonly #front: Front;
  readonly #id: RequestMessage['id'];
  readonly #impatient: NodeJS.Timeout;
  #branches: readonly SubscriptionBranch[] = [];
  #state: 'opening' | 'open' | 'over' = 'opening';

  constructor(front: Front, { id }: RequestMessage) {
    this.#front = front;
    this.#id = id;
    this.#impatient = setTimeout(() => this.#open(), PATIENCE_MS);
    front.onGone(() => this.#close());
  }

  carry(branches: readonly SubscriptionBranch[]): void {
    this.#branches = branches;
    this.look();
  }

  /** A branch was granted something, or is over. */
  look(): void {
    if (
      this.#state === 'opening' &&
      this.#branches.every(({ granted, over }) => over || granted !== undefined)
    ) {
      const refused = this.#branches.find(({ refusal }) => refusal !== undefined)?.refusal;
      if (refused !== undefined && this.#branches.every(({ granted }) => granted === undefined)) {
        this.#close();
        return this.#front.reply(refused.status, refused.bytes, { 'content-type': 'application/json' });
      }
      this.#open();
    }
    if (this.#state === 'open' && this.#branches.every(({ over }) => over)) {
      this.#close();
      this.#front.message(resultMessage(this.#id, { resultType: 'complete', _meta: this.#meta() }));
      this.#front.end();
    }
  }

  #open(): void {
    if (this.#state !== 'opening') return;
    clearTimeout(this.#impatient);
    this.#state = 'open';
    this.#front.head({ status: 200, kind: 'sse', headers: {} });
    const notifications = merged(this.#branches);
    this.#front.message(notificationMessage(ACKNOWLEDGED, { notifications, _meta: this.#meta() }).bytes);
    for (const branch of this.#branches) branch.flow();
  }

  #close(): void {
    clearTimeout(this.#impatient);
    this.#state = 'over';
  }

  #meta(): JsonObject {
    return { [SUBSCRIPTION_META]: this.#id.value };
  }
}

/** What any of them grants, in the names of this endpoint. */
function merged(branches: readonly SubscriptionBranch[]): Granted {
  const all: Record<string, Json> = {};
  const uris: string[] = [];
  for (const { granted = {}, slug } of branches)
    for (const [name, value] of Object.entries(granted)) {
      if (name !== URIS) all[name] = value;
      else if (Array.isArray(value)) uris.push(...value.map((uri) => prefixedUri(slug, String(uri))));
    }
  return uris.length === 0 ? all : { ...all, [URIS]: uris };
}
