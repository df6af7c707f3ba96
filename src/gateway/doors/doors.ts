/** What the doors share. */
import type { AddressPolicy } from '../../identity/index.ts';
import type { Core } from '../core.ts';
import type { Directory, GrantEntry, ServerEntry } from '../directory.ts';
import type { Live } from '../live.ts';
import type { Dispatch } from '../pipeline.ts';
import type { Stateless } from '../stateless.ts';
import type { HttpFront } from './http-front.ts';

export interface Doors {
  readonly core: Core;
  readonly directory: Directory;
  readonly addresses: AddressPolicy;
  readonly stateless: Stateless;
  readonly live: Live;
  readonly dispatch: Dispatch;
  /** Asks a server for its tools before the first call is judged; resolves also when it cannot be asked. */
  learn(server: ServerEntry, grant: GrantEntry): Promise<void>;
  /** Open streams, kept alive with comments while they are silent. */
  readonly streams: Set<HttpFront>;
  stopping(): boolean;
}
