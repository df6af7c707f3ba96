/**
 * The gateway: doors in front, the pipeline behind them, and what keeps both current. It fails closed: without a log, a
 * store or a working canary it says so in `readiness`, and without a log no message is judged.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PortcullisError } from '../errors.ts';
import { evaluate as evaluatePolicy, type LimitPeek, type Verdict } from '../policy/index.ts';
import type { AddressPolicy } from '../identity/index.ts';
import type { Store } from '../store/index.ts';
import type { Classify } from '../upstreams/index.ts';
import { aggregateDoor } from './aggregate/aggregate-door.ts';
import { Canary } from './canary.ts';
import { Channel } from './channel.ts';
import { checkArguments } from './check-arguments.ts';
import type { Core } from './core.ts';
import { onServer, type Directory, type GrantEntry, type ServerEntry } from './directory.ts';
import { Dispatcher } from './dispatch.ts';
import { turnAway } from './doors/door.ts';
import type { Doors } from './doors/doors.ts';
import type { HttpFront } from './doors/http-front.ts';
import { mcpDoor } from './doors/mcp-door.ts';
import { dataPath, isDataPlane } from './doors/paths.ts';
import { SseDoor } from './doors/sse-door.ts';
import { limitNotices, type LimitNotice } from './limit-watch.ts';
import { Live } from './live.ts';
import { lookTogether } from './look-together.ts';
import type { ChannelWriter } from './paced-line.ts';
import { CODE_PACE } from './read-code.ts';
import { Stateless } from './stateless.ts';
import { ToolChanges } from './tool-changes.ts';
import { ToolSource } from './tool-source.ts';
import type { EvaluateRequest, Gateway, KnownToolView, ReadinessCheck } from './types.ts';

export interface GatewayParts {
  readonly core: Core;
  readonly store: Store;
  readonly nodeId: string;
  readonly addresses: AddressPolicy;
  readonly directory: Directory;
  readonly classify: Classify;
  /** Whether the configuration is the store's: then its changes are followed and confirmed. */
  readonly followsStore: boolean;
}

const KEEP_ALIVE_MS = 25_000;
const TICK_MS = 1000;
const SESSION_IDLE_MS = 3_600_000;
/** Most clients leave without a word. Where a server can have no more sessions, this much silence is one. */
const LEFT_MS = 60_000;
const CANARY_MS = 60_000;
const APPROVALS_MS = 2000;
const FORGET_MS = 3_600_000;

export class RunningGateway implements Gateway {
  readonly #parts: GatewayParts;
  readonly #directory: Directory;
  readonly #live = new Live();
  readonly #stateless = new Stateless();
  readonly #fronts = new Set<HttpFront>();
  readonly #doors: Doors;
  readonly #sse: SseDoor;
  readonly #canary: Canary;
  readonly #tools: ToolSource;
  readonly #toolChanges: ToolChanges;
  readonly #timers: NodeJS.Timeout[] = [];
  #reloading: Promise<void> = Promise.resolve();
  #unsubscribe: () => void = () => {};
  #unfollow: () => void = () => {};
  #stopping = false;
  #applied = 0;

  constructor(parts: GatewayParts) {
    const { core } = parts;
    this.#parts = parts;
    this.#directory = parts.directory;
    const dispatcher = new Dispatcher(core, this.#live, this.#stateless);
    this.#tools = new ToolSource(parts.store, core, parts.classify);
    this.#toolChanges = new ToolChanges(parts.store.tools);
    this.#doors = {
      core,
      directory: this.#directory,
      addresses: parts.addresses,
      stateless: this.#stateless,
      live: this.#live,
      dispatch: dispatcher.dispatch,
      learn: (server, grant) => this.#tools.learn(server, grant),
      streams: this.#fronts,
      stopping: () => this.#stopping,
    };
    this.#sse = new SseDoor(this.#doors);
    this.#canary = new Canary(core, dispatcher.dispatch);
  }

  /** Loads the configuration, proves that a denial denies, and follows changes from then on. */
  async start(): Promise<void> {
    const { approvals, unknownOutcomes } = this.#parts.core;
    await unknownOutcomes.load();
    await this.reload();
    if (this.#parts.followsStore) this.#follow();
    this.#every(TICK_MS, () => this.#tick());
    this.#every(CANARY_MS, () => void this.#canary.sing());
    if (approvals === undefined) return;
    this.#every(APPROVALS_MS, () => this.#tend(approvals.desk.sweep()));
    this.#every(FORGET_MS, () => this.#tend(approvals.desk.forget(approvals.keepMs)));
  }

  #follow(): void {
    this.#unfollow = this.#parts.core.unknownOutcomes.follow();
    this.#unsubscribe = this.#parts.store.onChange(() => {
      this.reload().catch((error: unknown) =>
        this.#parts.core.logger.error(
          { error: String(error) },
          'a change of configuration could not be read; the state before it stays in force',
        ),
      );
    });
  }

  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const target = request.url ?? '/';
    if (!isDataPlane(target)) return false;
    const path = dataPath(target);
    if (path === undefined)
      turnAway(request, response, new PortcullisError('PC_SERVER_UNKNOWN'), this.#parts.core);
    else if (path.kind === 'all') aggregateDoor(this.#doors, request, response);
    else if (path.kind === 'mcp') mcpDoor(this.#doors, path.server, request, response);
    else if (path.kind === 'sse') this.#sse.stream(path.server, request, response);
    else this.#sse.post(path.server, path.session, request, response);
    return true;
  }

  /** A client on stdio: one channel to one server. */
  openChannel(serverId: string, grantId: string, writer: ChannelWriter): Channel {
    const server = this.#server(serverId);
    const grant = (): GrantEntry => {
      const found = this.#directory.grant(grantId);
      if (found === undefined) throw new PortcullisError('PC_TOKEN_INVALID');
      return found;
    };
    return new Channel(this.#doors, server, grant, this.#parts.core.newId(), writer);
  }

  async evaluate(request: EvaluateRequest): Promise<Verdict> {
    const { core } = this.#parts;
    const found = request.grant === undefined ? undefined : this.#directory.grant(request.grant);
    if (request.grant !== undefined && found === undefined)
      throw new PortcullisError('PC_API_NOT_FOUND', { what: 'grant' });
    const serverId = request.server ?? found?.serverId;
    const server = serverId === undefined ? undefined : this.#server(serverId);
    const grant = server === undefined || found === undefined ? found : onServer(found, server.id);
    if (found !== undefined && grant === undefined) throw new PortcullisError('PC_TOKEN_OTHER_SERVER');
    checkArguments(request.tool, request.arguments, server?.caseSensitive ?? false);
    if (server !== undefined) await this.#tools.learn(server, grant);
    const tool = this.#tools.known(server, request.tool);
    const owner = {
      organization: server?.organization ?? '',
      server: server?.id ?? '',
      grant: grant?.id ?? '',
      session: undefined,
    };
    const now = core.clock.now();
    const facts = {
      tool: tool.facts,
      args: request.arguments,
      grant: { label: grant?.label ?? '', tags: grant?.tags ?? [] },
      client: {},
      now,
      hasSession: false,
      earlier: core.unknownOutcomes.find(owner.server, owner.grant, request.tool, request.arguments),
      caseSensitive: server?.caseSensitive ?? false,
    };
    const policy = request.policy ?? grant?.policy?.compiled ?? null;
    const code = await policy?.readCode?.(facts, CODE_PACE);
    const judged = (peek: LimitPeek): Verdict =>
      evaluatePolicy(policy, { ...facts, code }, peek, { trace: true });
    return core.together === undefined
      ? judged((reservations) => core.counters.peek(owner, reservations, now))
      : lookTogether(core.together, owner, judged);
  }

  refreshTools(serverId: string, person?: string): Promise<readonly KnownToolView[]> {
    return this.#tools.refresh(this.#server(serverId), person);
  }

  tools(serverId: string): Promise<readonly KnownToolView[]> {
    return this.#tools.views(this.#server(serverId));
  }

  watchLimits(listener: ((notice: LimitNotice) => void) | undefined): void {
    const { core } = this.#parts;
    core.limitWatch =
      listener === undefined ? undefined : (call) => limitNotices(call, core).forEach((one) => listener(one));
  }

  reload(): Promise<void> {
    const next = this.#reloading.then(() => this.#reload());
    this.#reloading = next.catch(() => {});
    return next;
  }

  async readiness(): Promise<readonly ReadinessCheck[]> {
    const store = await this.#parts.store.ping().then(
      () => ({ name: 'store' as const, ok: true }),
      (error: Error) => ({ name: 'store' as const, ok: false, detail: error.message }),
    );
    const { log, together } = this.#parts.core;
    return [
      store,
      checked('counters', together?.trouble),
      checked('audit', log.trouble),
      this.#canary.state(),
    ];
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    this.#unfollow();
    for (const timer of this.#timers) clearInterval(timer);
    this.#live.cut(() => true);
    for (const held of this.#parts.core.approvals?.held.values() ?? []) held.abort();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      this.#live.whenIdle(),
      new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs))),
    ]);
    clearTimeout(timer);
    this.#live.cutAll();
    this.#parts.core.sessions.dropWhere(() => true);
    await Promise.all([...this.#directory.servers()].map((server) => server.upstream.stop()));
    await this.#parts.core.unknownOutcomes.written();
    await this.#parts.core.log.close();
    if (this.#parts.followsStore) await this.#parts.store.nodes.remove(this.#parts.nodeId);
  }

  async #reload(): Promise<void> {
    const { core, store, nodeId } = this.#parts;
    const revision = this.#parts.followsStore ? await store.revision() : 0;
    const { removed } = await this.#directory.load();
    for (const server of removed) {
      this.#stateless.forget(server);
      core.sessions.dropWhere((session) => session.server === server.id);
      void server.upstream.stop();
    }
    for (const server of this.#directory.servers()) this.#endForLeavers(server);
    const gone = new Set(removed.map((server) => server.id));
    this.#cutFallen((server) => gone.has(server));
    await this.#toolChanges.follow([...this.#directory.servers()], revision);
    await this.#canary.sing();
    this.#applied = revision;
    if (this.#parts.followsStore)
      await store.nodes.announce({ id: nodeId, appliedRevision: revision, at: core.clock.now() });
  }

  /** Whoever disconnected, or was taken out of the organization, keeps no connection. */
  #endForLeavers(server: ServerEntry): void {
    if (server.personal === undefined) return;
    const { core } = this.#parts;
    const isOver = (grant: string): boolean => this.#directory.grant(grant)?.person?.missing !== undefined;
    core.sessions.dropWhere((session) => session.server === server.id && isOver(session.grant));
    for (const person of server.personal.keepOnly(this.#directory.people(server.id)))
      this.#stateless.forget(server, person);
  }

  #cutFallen(alsoServer: (server: string) => boolean): void {
    const now = this.#parts.core.clock.now();
    this.#live.cut(({ grant, server }) => {
      const entry = this.#directory.grant(grant);
      if (entry === undefined || !this.#directory.stands(entry, now)) return true;
      const reached = onServer(entry, server);
      return reached === undefined || reached.person?.missing !== undefined || alsoServer(server);
    });
  }

  #tick(): void {
    const { core, store, nodeId } = this.#parts;
    const now = performance.now();
    for (const front of this.#fronts) front.keepAlive(now, KEEP_ALIVE_MS);
    this.#cutFallen(() => false);
    core.sessions.sweep(core.clock.now() - SESSION_IDLE_MS);
    core.unknownOutcomes.sweep();
    for (const { id, upstream } of this.#directory.servers())
      if (upstream.isFull?.() === true) core.sessions.sweepOldest(id, core.clock.now() - LEFT_MS);
    if (!this.#parts.followsStore) return;
    store.nodes
      .announce({ id: nodeId, appliedRevision: this.#applied, at: core.clock.now() })
      .catch((error: unknown) => {
        core.logger.warn({ error: String(error) }, 'this node could not say which configuration it acts on');
      });
  }

  #tend(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#parts.core.logger.warn({ error: String(error) }, 'approvals could not be looked after'),
    );
  }

  #every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    timer.unref();
    this.#timers.push(timer);
  }

  #server(idOrSlug: string): ServerEntry {
    const server = this.#directory.server(idOrSlug);
    if (server === undefined) throw new PortcullisError('PC_SERVER_UNKNOWN');
    return server;
  }
}

function checked(name: ReadinessCheck['name'], trouble: string | undefined): ReadinessCheck {
  return trouble === undefined ? { name, ok: true } : { name, ok: false, detail: trouble };
}
