/** What no call tells: definitions that drifted, a canary that is not denied, limits that fill up. */
import type { Gateway, LimitNotice } from '../gateway/index.ts';
import type { Store } from '../store/index.ts';
import type { AlertMessage } from './types.ts';

/** One for each tool whose definition is not the pinned one. @throws PC_STORE_UNAVAILABLE */
export async function driftMessages(
  { servers, tools }: Pick<Store, 'servers' | 'tools'>,
  publicUrl: string,
  now: number,
): Promise<readonly AlertMessage[]> {
  const messages: AlertMessage[] = [];
  for (const server of await servers.list()) {
    for (const { name, digest, pinnedDigest } of await tools.list(server.id)) {
      if (digest === pinnedDigest) continue;
      messages.push({
        event: 'drift',
        at: now,
        key: `drift ${server.id} ${name} ${digest}`,
        title: `${name} of ${server.name} has changed its definition`,
        text: 'The definition differs from the one that was pinned. Read it, then pin it again or restrict the tool.',
        facts: { Server: server.name, Tool: name, Pinned: pinnedDigest, Now: digest },
        url: `${publicUrl}/servers/${server.slug}`,
        serverId: server.id,
      });
    }
  }
  return messages;
}

/** Undefined while the canary is denied as it must be. */
export async function canaryMessage(
  gateway: Pick<Gateway, 'readiness'>,
  publicUrl: string,
  now: number,
): Promise<AlertMessage | undefined> {
  const canary = (await gateway.readiness()).find(({ name }) => name === 'canary');
  if (canary === undefined || canary.ok) return undefined;
  return {
    event: 'canary_failed',
    at: now,
    key: 'canary_failed',
    title: 'The deny canary failed',
    text: 'A call that must be denied was not. The gateway reports that it is not ready.',
    facts: { Detail: canary.detail ?? '' },
    url: `${publicUrl}/readyz`,
  };
}

export function limitMessage(notice: LimitNotice, publicUrl: string): AlertMessage {
  const { at, server, grant, tool, rule, counter, used, max } = notice;
  return {
    event: 'limit_near',
    at,
    key: `limit_near ${server.id} ${grant.id} ${rule} ${counter}`,
    title: `${counter} is nearly used up on ${server.name}`,
    text: `${used} of ${max} are used.`,
    facts: { Server: server.name, Tool: tool, Grant: grant.label, Rule: rule, Used: `${used} of ${max}` },
    url: `${publicUrl}/servers/${server.id}`,
    serverId: server.id,
    rule,
  };
}
