/** Alerts as owners change them. Addresses and secrets go in and never come back. */
import { withoutUndefined } from '../json.ts';
import {
  found,
  invalid,
  nextId,
  recordEvent,
  urlProblems,
  refuseProblems,
  requireServer,
} from '../registry/index.ts';
import type { Actor, Registry } from '../registry/index.ts';
import type { AlertRow } from '../store/index.ts';
import { openTarget, sealTarget } from './sealed-target.ts';
import { isWebhookSecret, newWebhookSecret } from './sign-webhook.ts';
import type { AlertEvent, AlertTarget } from './types.ts';

export interface AlertInput {
  readonly name: string;
  readonly channel: AlertRow['channel'];
  readonly url?: string | undefined;
  readonly secret?: string | undefined;
  readonly to?: readonly string[] | undefined;
  readonly events: readonly AlertEvent[];
  readonly server?: string | null | undefined;
  readonly rule?: string | null | undefined;
  readonly windowSeconds?: number | undefined;
  readonly links?: boolean | undefined;
  readonly enabled?: boolean | undefined;
}

export type AlertPatch = {
  readonly [Name in keyof Omit<AlertInput, 'channel'>]?: AlertInput[Name] | undefined;
};

const WINDOW_SECONDS = 900;

/** With the secret of a new webhook: it is shown this once. @throws PC_API_INVALID, PC_API_CONFLICT, PC_API_NOT_FOUND */
export async function createAlert(
  registry: Registry,
  actor: Actor,
  input: AlertInput,
  hasMail: boolean,
): Promise<{ readonly row: AlertRow; readonly secret: string | undefined }> {
  const id = nextId(registry);
  const made = input.channel === 'webhook' && input.secret === undefined ? newWebhookSecret() : undefined;
  const target = checkedTarget(input.channel, { secret: made, ...withoutUndefined(input) }, hasMail);
  const row = await registry.store.alerts.insert({
    id,
    organizationId: registry.organization,
    name: input.name,
    channel: input.channel,
    sealedTarget: sealTarget(registry.box, id, target),
    shown: shown(target),
    events: input.events,
    serverId: await serverId(registry, input.server),
    rule: input.rule ?? null,
    windowSeconds: input.windowSeconds ?? WINDOW_SECONDS,
    links: input.links ?? input.channel === 'email',
    enabled: input.enabled ?? true,
  });
  await recordEvent(registry, actor, 'alert.create', id, eventOf(row));
  return { row, secret: made };
}

/** @throws PC_API_INVALID, PC_API_CONFLICT, PC_API_NOT_FOUND */
export async function patchAlert(
  registry: Registry,
  actor: Actor,
  id: string,
  patch: AlertPatch,
  hasMail: boolean,
): Promise<AlertRow> {
  const before = await requireAlert(registry, id);
  const { url, secret, to, server, ...rest } = withoutUndefined(patch);
  const retargets = url !== undefined || secret !== undefined || to !== undefined;
  const old = openTarget(registry.box, before);
  const target = checkedTarget(before.channel, { ...old, ...withoutUndefined({ url, secret, to }) }, hasMail);
  const row = await registry.store.alerts.update(id, {
    ...rest,
    ...(server === undefined ? {} : { serverId: await serverId(registry, server) }),
    ...(retargets ? { sealedTarget: sealTarget(registry.box, id, target), shown: shown(target) } : {}),
  });
  await recordEvent(registry, actor, 'alert.update', id, eventOf(row));
  return row;
}

/** @throws PC_API_NOT_FOUND */
export async function removeAlert(registry: Registry, actor: Actor, id: string): Promise<void> {
  await requireAlert(registry, id);
  await registry.store.alerts.remove(id);
  await recordEvent(registry, actor, 'alert.remove', id, {});
}

/** @throws PC_API_NOT_FOUND */
export async function requireAlert({ store, organization }: Registry, id: string): Promise<AlertRow> {
  const row = await store.alerts.get(id);
  return found(row?.organizationId === organization ? row : undefined, 'alert');
}

function checkedTarget(channel: AlertRow['channel'], given: AlertTarget, hasMail: boolean): AlertTarget {
  const { url, secret, to } = given;
  if (channel === 'email') {
    if (!hasMail) throw invalid('/channel', 'E-mail needs PORTCULLIS_SMTP_URL to be set.');
    if (to === undefined || to.length === 0) throw invalid('/to', 'Expected at least one address.');
    if (url !== undefined) throw invalid('/url', 'E-mail has no URL.');
    return { to };
  }
  if (to !== undefined) throw invalid('/to', 'Only e-mail has addresses.');
  if (url === undefined) throw invalid('/url', 'Expected the URL to post to.');
  refuseProblems(urlProblems(url));
  if (channel !== 'webhook' && secret !== undefined) throw invalid('/secret', 'Only webhooks are signed.');
  if (secret !== undefined && !isWebhookSecret(secret))
    throw invalid('/secret', 'Expected whsec_ and 24 to 64 bytes in base64.');
  return secret === undefined ? { url } : { url, secret };
}

/** The path of a chat's webhook is a secret. */
function shown({ url, to }: AlertTarget): string {
  return url === undefined ? (to ?? []).join(', ') : `${new URL(url).origin}/…`;
}

async function serverId(registry: Registry, server: string | null | undefined): Promise<string | null> {
  return server == null ? null : (await requireServer(registry, server)).id;
}

function eventOf({ name, channel, shown: target, events, enabled, links }: AlertRow) {
  return { name, channel, target, events: [...events], enabled, links };
}
