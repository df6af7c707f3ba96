/**
 * One connection to Redis. What is asked is answered within a second or fails; nothing waits for a connection, and nothing is
 * asked twice, since a lost answer does not say whether it was acted on. It connects again by itself.
 */
import { Redis } from 'ioredis';
import type { RedisAddress } from './address.ts';
import type { Script } from './script.ts';
import { NoAnswer, troubleOf } from './trouble.ts';

export type Answer = readonly string[];

/** How long an answer may take. */
const DEADLINE_MS = 1000;
/** A connection on which nothing came for so long, though something was asked, is made anew. */
const SILENCE_MS = 10_000;
const CONNECT_MS = 3000;
const RETRY_MS = { first: 50, most: 1000 };

export class RedisConnection {
  readonly #redis: Redis;
  readonly #ready: () => void;
  #run: string | undefined;
  #trouble: string | undefined = 'Redis has not been reached yet';
  /** Something went unanswered, and nothing was answered since: the next ones need not wait as long. */
  #stuck = false;
  #closed = false;

  /** @param ready called each time a connection stands and the server behind it is known */
  constructor(address: RedisAddress, ready: () => void) {
    this.#ready = ready;
    const { host, port, username, password, database, tls } = address;
    this.#redis = new Redis({
      host,
      port,
      db: database,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls ? { tls: {} } : {}),
      protocol: 2,
      disableClientInfo: true,
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(RETRY_MS.first * 2 ** Math.min(times - 1, 10), RETRY_MS.most),
      // After a failover behind one name, the old server is a replica: the name leads elsewhere now.
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    });
    this.#redis.on('ready', () => void this.#identify());
    this.#redis.on('error', (error: unknown) => (this.#trouble = troubleOf(error)));
    this.#redis.on('close', () => {
      this.#trouble = this.#run === undefined ? this.#trouble : 'the connection to Redis was lost';
      this.#run = undefined;
    });
  }

  /** Why nothing can be asked, or undefined. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Names the life of the server: another after each of its starts; '' where the server does not say. */
  get run(): string {
    return this.#run ?? '';
  }

  get isOpen(): boolean {
    return this.#run !== undefined;
  }

  /**
   * @param late takes an answer that came after the deadline
   * @throws NoAnswer
   */
  ask(
    script: Script,
    keys: readonly string[],
    args: readonly string[],
    late?: (answer: Answer) => void,
    hasPatience = false,
  ): Promise<Answer> {
    if (!this.isOpen || (this.#stuck && !hasPatience))
      return Promise.reject(new NoAnswer(this.#trouble ?? 'Redis does not answer'));
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        this.#stuck = true;
        reject(this.#failed(`Redis did not answer within ${DEADLINE_MS} ms`));
      }, DEADLINE_MS);
      const answered = (answer: Answer): void => {
        clearTimeout(timer);
        this.#stuck = false;
        if (isLate) return late?.(answer);
        this.#trouble = undefined;
        resolve(answer);
      };
      const refused = (error: unknown): void => {
        clearTimeout(timer);
        if (!isLate) reject(this.#failed(troubleOf(error)));
      };
      void this.#send(script, keys, args).then(answered, refused);
    });
  }

  #failed(trouble: string): NoAnswer {
    this.#trouble = trouble;
    return new NoAnswer(trouble);
  }

  close(): void {
    this.#closed = true;
    this.#redis.disconnect();
  }

  async #send(script: Script, keys: readonly string[], args: readonly string[]): Promise<Answer> {
    const evaluate = (): Promise<unknown> => this.#redis.evalsha(script.sha, keys.length, ...keys, ...args);
    try {
      return textsOf(await evaluate());
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      await this.#redis.script('LOAD', script.text);
      return textsOf(await evaluate());
    }
  }

  /** Learns which server it is, and whether counters are safe there. */
  async #identify(): Promise<void> {
    try {
      const info = await this.#redis.info();
      const fact = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
      if (isForgetful(fact('maxmemory'), fact('maxmemory_policy'))) {
        this.#trouble = FORGETFUL;
        return this.#lookAgain();
      }
      this.#run = fact('run_id');
      this.#trouble = undefined;
      this.#stuck = false;
      this.#ready();
    } catch (error) {
      this.#trouble = troubleOf(error);
      this.#lookAgain();
    }
  }

  #lookAgain(): void {
    if (this.#closed) return;
    setTimeout(() => {
      if (this.#redis.status === 'ready') void this.#identify();
    }, RETRY_MS.most).unref();
  }
}

const FORGETFUL =
  'Redis may throw counters away when its memory is full: set its maxmemory-policy to noeviction';

/** Whether the server deletes keys of its own accord. */
function isForgetful(maxmemory: string, policy: string): boolean {
  return Number(maxmemory) > 0 && policy !== '' && policy !== 'noeviction';
}

function textsOf(answer: unknown): Answer {
  return Array.isArray(answer) ? answer.map(String) : [];
}
