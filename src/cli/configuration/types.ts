/** What a configuration file says, read and checked. */
import type { PolicySource, ServerInput } from '../../registry/index.ts';

/** JSON Pointer of the entry in the file, for problems that show later. */
interface Placed {
  readonly pointer: string;
}

export interface ConfiguredServer extends ServerInput, Placed {
  /** How the other entries name it. */
  readonly slug: string;
}

export interface ConfiguredPolicy extends PolicySource, Placed {
  readonly name: string;
  /** Slug. */
  readonly server: string;
}

export interface ConfiguredReach {
  /** Slug. */
  readonly server: string;
  /** Name of a policy of the same server. */
  readonly policy: string;
}

export interface ConfiguredGrant extends Placed {
  readonly label: string;
  /** Slug; of the first server, if it names several. */
  readonly server: string;
  /** Name of a policy of the same server. */
  readonly policy: string;
  /** The other servers, each with a policy of its own. */
  readonly further: readonly ConfiguredReach[];
  readonly token?: string;
  readonly tags: readonly string[];
  /** Whose it is, in words. */
  readonly owner: string | null;
  /** Id or e-mail address of the member as whom its calls run; nothing is said of that unless given. */
  readonly ownerId?: string;
  /** Addresses and CIDR ranges it may be used from; empty for any. */
  readonly allowedAddresses: readonly string[];
  /** Ms since the epoch. */
  readonly expiresAt: number | null;
}

export interface Configuration {
  /** Absolute path. */
  readonly path: string;
  readonly servers: readonly ConfiguredServer[];
  readonly policies: readonly ConfiguredPolicy[];
  readonly grants: readonly ConfiguredGrant[];
  /** Absolute paths of the policy files that it names. */
  readonly files: readonly string[];
  /** Where a pointer stands in the file. */
  readonly place: (pointer: string) => Place;
}

/** 1-based. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
}
