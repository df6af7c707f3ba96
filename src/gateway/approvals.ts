/** What the pipeline needs to put calls before people. */
import type { ApprovalDesk } from '../approvals/index.ts';
import type { Call } from './call.ts';
import { onServer, type Directory } from './directory.ts';
import type { Clock } from './core.ts';

export interface Approvals {
  readonly desk: ApprovalDesk;
  /** How long a call may wait for an answer before it is told to come again; at most 50 s. */
  readonly holdMs: number;
  /** How long the arguments of an approval that has ended are kept. */
  readonly keepMs: number;
  /** Where people decide; a wrapped server has no page, only the command line. */
  readonly pageUrl: ((id: string) => string) | undefined;
  /** What waits here for people: calls by session and request id, tasks, pages; aborting one sends it away. */
  readonly held: Map<string, AbortController>;
  /** Whether grant, policy and tool are still those that the call was judged by. */
  stands(call: Call): boolean;
}

/** Compares with what is in force now. */
export function standsBy(directory: () => Directory, clock: Clock): (call: Call) => boolean {
  return ({ caller: { grant, server }, target }) => {
    const found = directory().grant(grant.id);
    const now = found === undefined ? undefined : onServer(found, server.id);
    return (
      now !== undefined &&
      directory().stands(now, clock.now()) &&
      now.policy?.id === grant.policy?.id &&
      now.policy?.version === grant.policy?.version &&
      directory().server(server.id) === server &&
      (target.kind !== 'tool' || (server.catalogue.get(target.name)?.digest ?? '') === target.tool.digest)
    );
  };
}
