/**
 * Watches what owners want to hear of, and tells them. What nobody asked for is not looked at. A failure here is logged and
 * never reaches a call: calls do not wait for alerts.
 */
import { openLink, type ApprovalDesk, type OpenedLink } from '../approvals/index.ts';
import type { Gateway, Logger } from '../gateway/index.ts';
import { DecisionFeed, nextId, type Registry } from '../registry/index.ts';
import { derivedKey, loadDerivationKey } from '../store/index.ts';
import { createAddressGuard, createPoster } from '../upstreams/index.ts';
import { AlertCenter } from './alert-center.ts';
import { Courier } from './courier.ts';
import { approvalMessage, decisionMessage } from './describe.ts';
import { createMailer } from './mailer.ts';
import { requireAlert } from './manage-alerts.ts';
import type { AlertEvent, AlertMessage } from './types.ts';
import { canaryMessage, driftMessages, limitMessage } from './watch-system.ts';

export interface AlertsOptions {
  readonly registry: Registry;
  readonly gateway: Gateway;
  readonly desk: ApprovalDesk;
  readonly logger: Logger;
  readonly publicUrl: string;
  readonly allowPrivate: boolean;
  readonly masterKey: Buffer;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string | undefined;
}

export interface Alerts {
  readonly hasMail: boolean;
  /** Sends one message to one alert now. @throws PC_API_NOT_FOUND */
  test(id: string): Promise<void>;
  /** @throws PC_APPROVAL_LINK */
  openLink(token: string): Promise<OpenedLink>;
  /** The link is used up; false when it was already. */
  useLink(id: string): Promise<boolean>;
  close(): Promise<void>;
}

const DELIVER_MS = 2000;
const LOOK_MS = 15_000;
const KEEP_MS = 30 * 86_400_000;

export async function openAlerts(options: AlertsOptions): Promise<Alerts> {
  const { registry, gateway, desk, logger, publicUrl } = options;
  const { store, box, now } = registry;
  const linkKey = derivedKey(
    await loadDerivationKey(store, box, options.masterKey),
    'portcullis approval links',
  );
  const feed = new DecisionFeed(store);
  const poster = createPoster(createAddressGuard({ allowPrivate: options.allowPrivate }));
  const from =
    options.smtpFrom ?? `portcullis@${new URL(publicUrl).hostname.replace(/^\[.*\]$/, 'localhost')}`;
  const mailer = options.smtpUrl === undefined ? undefined : createMailer(options.smtpUrl, from);
  const courier = new Courier({ store: store.alerts, box, poster, mailer, now });
  const center = new AlertCenter({
    store,
    box,
    organization: registry.organization,
    publicUrl,
    linkKey,
    now,
    newId: () => nextId(registry),
    queued: () => void courier.run(),
  });
  const tend = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => logger.warn({ error: String(error) }, 'an alert could not be raised'));
  };
  const raise = (message: AlertMessage | undefined): void => {
    if (message !== undefined) tend(center.raise(message));
  };

  const listening = new Map<string, () => void>();
  const follow = async (name: string, wanted: boolean, start: () => Promise<() => void>): Promise<void> => {
    if (wanted && !listening.has(name)) listening.set(name, await start());
    if (wanted) return;
    listening.get(name)?.();
    listening.delete(name);
  };
  const wants = async (...events: readonly AlertEvent[]): Promise<boolean> =>
    (await Promise.all(events.map((event) => center.wants(event)))).includes(true);
  const reconcile = async (): Promise<void> => {
    await follow('decisions', await wants('denied', 'upstream_down'), () =>
      feed.listen((record) => {
        // The canary's denials belong to nobody.
        if (record.organization === registry.organization) raise(decisionMessage(record, publicUrl));
      }),
    );
    await follow('approvals', await wants('approval_waiting'), async () => {
      const stop = await desk.watch.listen((row) => {
        if (row.state === 'pending' && row.organizationId === registry.organization)
          raise(approvalMessage(row, publicUrl));
      });
      const waiting = await store.approvals.page(
        { organization: registry.organization, state: 'pending' },
        {},
      );
      for (const row of waiting.items) if (row.expiresAt > now()) raise(approvalMessage(row, publicUrl));
      return stop;
    });
    await follow('limits', await wants('limit_near'), () => {
      gateway.watchLimits((notice) => raise(limitMessage(notice, publicUrl)));
      return Promise.resolve(() => gateway.watchLimits(undefined));
    });
  };
  let reconciling = Promise.resolve();
  const changed = (): void => {
    center.forget();
    reconciling = reconciling.then(reconcile).catch((error: unknown) => {
      logger.warn({ error: String(error) }, 'alerts could not be read');
    });
  };
  const look = async (): Promise<void> => {
    if (await wants('drift'))
      for (const message of await driftMessages(store, publicUrl, now())) raise(message);
    if (await wants('canary_failed')) raise(await canaryMessage(gateway, publicUrl, now()));
    await store.alerts.forget(now() - KEEP_MS);
  };
  changed();
  await reconciling;
  const unsubscribe = store.onChange(changed);
  const timers = [
    setInterval(() => void courier.run(), DELIVER_MS),
    setInterval(() => tend(look()), LOOK_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    hasMail: mailer !== undefined,
    async test(id) {
      const at = now();
      const message: AlertMessage = {
        event: 'test',
        at,
        key: `test ${at}`,
        title: 'This is a test',
        text: 'If you can read this, the alert works.',
        facts: {},
        url: publicUrl,
      };
      await center.tell(await requireAlert(registry, id), message);
      await courier.run();
    },
    openLink: (token) => openLink(store.approvals, linkKey, token, now()),
    useLink: (id) => store.approvals.useLink(id, now()),
    async close() {
      unsubscribe();
      for (const timer of timers) clearInterval(timer);
      for (const stop of listening.values()) stop();
      await reconciling;
      mailer?.close();
      await poster.close();
    },
  };
}
