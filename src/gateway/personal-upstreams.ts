/**
 * An upstream for each person, at a server where everybody signs in for themself: connections, sessions and tokens of one
 * never serve another. There is none for nobody, so a call without a person cannot be sent by mistake.
 */
import { PortcullisError } from '../errors.ts';
import type { Upstream, UpstreamConfig } from '../upstreams/index.ts';
import type { GrantEntry, ServerEntry } from './directory.ts';

export class PersonalUpstreams implements Upstream {
  readonly name: string;
  readonly transport: Upstream['transport'];
  readonly ownSessions: boolean;
  readonly #connect: (person: string) => Upstream;
  readonly #upstreams = new Map<string, Upstream>();

  constructor(name: string, transport: UpstreamConfig['transport'], connect: (person: string) => Upstream) {
    this.name = name;
    this.transport = transport;
    this.ownSessions = transport === 'http';
    this.#connect = connect;
  }

  of(person: string): Upstream {
    const known = this.#upstreams.get(person);
    if (known !== undefined) return known;
    const made = this.#connect(person);
    this.#upstreams.set(person, made);
    return made;
  }

  open(): never {
    throw nobody(this.name);
  }

  /** Ends what is open for everybody else. @returns who that was */
  keepOnly(people: ReadonlySet<string>): readonly string[] {
    const gone = [...this.#upstreams].filter(([person]) => !people.has(person));
    for (const [person, upstream] of gone) {
      this.#upstreams.delete(person);
      void upstream.stop();
    }
    return gone.map(([person]) => person);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#upstreams.values()].map((upstream) => upstream.stop()));
  }
}

/** Where a grant's calls go. @throws PC_UPSTREAM_PERSON when they would go as nobody */
export function upstreamOf(server: ServerEntry, grant: GrantEntry): Upstream {
  const refusal = refusalOf(server, grant);
  if (refusal !== undefined) throw refusal;
  const id = grant.person?.id;
  return server.personal === undefined || typeof id !== 'string' ? server.upstream : server.personal.of(id);
}

/** Why a grant's calls have nobody to run as; undefined when they have, or need nobody. */
export function refusalOf(
  { slug, personal }: ServerEntry,
  { person }: GrantEntry,
): PortcullisError | undefined {
  if (personal === undefined) return undefined;
  if (person?.missing !== undefined) return person.missing;
  return typeof person?.id === 'string' ? undefined : nobody(slug);
}

/** What a client's session ids are bound to: nobody goes on with another person's. */
export function bindingOf({ personal }: ServerEntry, { id, person }: GrantEntry): string {
  return personal === undefined ? id : `${id} ${person?.id ?? ''}`;
}

function nobody(server: string): PortcullisError {
  const detail = 'Nobody is named whose sign-in could be used';
  return new PortcullisError('PC_UPSTREAM_PERSON', { server, detail });
}
