/**
 * A call that must be denied, sent through the real pipeline: at start, at each load of the configuration and every minute.
 * If it is not denied, or if anything reaches its upstream, the gateway is not ready.
 */
import { compilePolicy, parsePolicy, type CompiledPolicy } from '../policy/index.ts';
import type {
  AnswerSink,
  Flow,
  KnownTool,
  ToolCatalogue,
  Upstream,
  UpstreamSession,
} from '../upstreams/index.ts';
import { readMessage } from '../wire/index.ts';
import type { Front } from './call.ts';
import type { Core } from './core.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';
import { makeCall } from './make-call.ts';
import { run, type Dispatch } from './pipeline.ts';
import type { ReadinessCheck } from './types.ts';

const DOCUMENTS = {
  'an unlisted tool': '{"version":"1","default":"deny"}',
  'a hidden tool': '{"version":"1","default":"allow","hide":["portcullis_canary"]}',
  'a forbidden argument':
    '{"version":"1","default":"allow","tools":{"portcullis_canary":{"deny_if":[{"conditions":[{"path":"args.sing","op":"eq","value":true}]}]}}}',
  'a used-up limit':
    '{"version":"1","default":"allow","tools":{"portcullis_canary":{"limits":[{"counter":"canary","window":"minute","max":0}]}}}',
};

const CALL = Buffer.from(
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"portcullis_canary","arguments":{"sing":true}}}',
);
/** Without counters of all nodes a limit refuses every call; that they are missing is a check of its own. */
const UNCOUNTED = 'PC_COUNTERS_UNAVAILABLE';
const WAIT_MS = 5000;

export class Canary {
  readonly #core: Core;
  readonly #dispatch: Dispatch;
  readonly #policies: ReadonlyMap<string, CompiledPolicy | null>;
  #trouble: string | undefined = 'it has not sung yet';

  constructor(core: Core, dispatch: Dispatch) {
    this.#core = core;
    this.#dispatch = dispatch;
    const compiled = Object.entries(DOCUMENTS).map(([name, text]): [string, CompiledPolicy | null] => {
      const parsed = parsePolicy(text);
      if (!parsed.ok) throw new Error(`canary policy: ${JSON.stringify(parsed.problems)}`);
      return [name, compilePolicy(parsed.document)];
    });
    this.#policies = new Map([...compiled, ['a grant without policy', null]]);
  }

  state(): ReadinessCheck {
    return this.#trouble === undefined
      ? { name: 'canary', ok: true }
      : { name: 'canary', ok: false, detail: this.#trouble };
  }

  /** Runs every case; never throws. */
  async sing(): Promise<void> {
    let trouble: string | undefined;
    for (const [name, policy] of this.#policies) trouble ??= await this.#case(name, policy);
    if (trouble !== undefined && trouble !== this.#trouble)
      this.#core.logger.error({ trouble }, 'the deny canary failed');
    this.#trouble = trouble;
  }

  #case(name: string, policy: CompiledPolicy | null): Promise<string | undefined> {
    return new Promise((resolve) => {
      let contacted = false;
      const timer = setTimeout(() => resolve(`${name}: no answer within ${WAIT_MS} ms`), WAIT_MS);
      const finish = (answer: string): void => {
        clearTimeout(timer);
        const denied =
          answer.includes('[POLICY DENIED]') ||
          answer.includes('Unknown tool') ||
          (this.#core.together?.trouble !== undefined && answer.includes(UNCOUNTED));
        resolve(
          contacted
            ? `${name}: the call reached its server`
            : denied
              ? undefined
              : `${name}: ${answer.slice(0, 200)}`,
        );
      };
      const message = readMessage(CALL);
      if (message.kind === 'batch') return;
      const server = cage(() => {
        contacted = true;
        finish('');
      });
      const grant: GrantEntry = {
        id: 'canary',
        label: 'canary',
        tags: [],
        serverId: server.id,
        expiresAt: undefined,
        policy: policy === null ? null : { id: 'canary', version: 1, compiled: policy },
      };
      const call = makeCall(this.#core, { server, grant, session: undefined }, front(finish), message, {});
      run(call, this.#core, this.#dispatch);
    });
  }
}

/** A server that nothing may reach. */
function cage(alarm: () => void): ServerEntry {
  const still: Flow = { cancel() {}, pause() {}, resume() {} };
  const touch = (): Flow => {
    alarm();
    return still;
  };
  const session: UpstreamSession = {
    send: (_outbound, sink: AnswerSink) => {
      sink.end();
      return touch();
    },
    listen: touch,
    terminate: () => void touch(),
    close() {},
    closed: new Promise(() => {}),
  };
  const upstream: Upstream = {
    transport: 'http',
    ownSessions: true,
    open: () => session,
    stop: () => Promise.resolve(),
  };
  const tool: KnownTool = {
    facts: { name: 'portcullis_canary', classes: ['Destructive'], class: 'Destructive' },
    digest: '',
    pinnedDigest: '',
    drifted: false,
    definition: '',
  };
  const catalogue: ToolCatalogue = {
    loaded: true,
    get: () => tool,
    names: () => [],
    guess: () => tool,
    observe() {},
    markStale() {},
    load: () => Promise.resolve(),
    settled: () => Promise.resolve(),
  };
  return {
    id: 'canary',
    slug: 'canary',
    name: 'canary',
    organization: 'portcullis',
    caseSensitive: false,
    fingerprint: 'canary',
    upstream,
    catalogue,
  };
}

function front(finish: (answer: string) => void): Front {
  return {
    surface: 'canary',
    head() {},
    message: (bytes) => finish(bytes.toString()),
    event() {},
    raw() {},
    end() {},
    reply: (_status, bytes) => finish(bytes?.toString() ?? ''),
    onGone: () => () => {},
    ready: () => true,
  };
}
