/** stdio servers: one child process for each client session. */
import { PortcullisError } from '../../errors.ts';
import { unreachable } from '../failures.ts';
import { OpenSessions } from '../line/sessions-open.ts';
import type { Upstream, UpstreamContext, UpstreamLimits } from '../types.ts';
import { ChildSession, type ChildConfig } from './child-session.ts';
import { CrashGuard } from './crash-guard.ts';

/** @throws PortcullisError PC_CONFIG_INVALID */
export function createStdioUpstream(
  config: ChildConfig,
  context: UpstreamContext,
  limits: UpstreamLimits,
): Upstream {
  if (
    [...config.command, ...Object.entries(config.env).flat()].some((part) => part.includes('\0')) ||
    config.command[0] === ''
  ) {
    throw new PortcullisError('PC_CONFIG_INVALID', {
      detail: `the command of the server ${context.name} cannot be started`,
    });
  }
  const sessions = new OpenSessions(context.name, limits.maxSessions);
  const guard = new CrashGuard(context.clock);
  return {
    name: context.name,
    transport: 'stdio',
    ownSessions: false,
    open: (key) =>
      sessions.open(key, () => {
        const refusal = guard.refusal();
        if (refusal !== undefined) throw unreachable(context.name, refusal);
        return new ChildSession(config, context, limits, (how) => guard.died(how));
      }),
    isFull: () => sessions.isFull(),
    stop: () => sessions.stop(),
  };
}
