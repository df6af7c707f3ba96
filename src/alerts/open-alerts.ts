/**
 * Watches what owners want to hear of, and tells them. What nobody asked for is not looked at. A failure here is logged and
 * never reaches a call: calls do not wait for alerts.
 */
import { openLink, type ApprovalDesk, type OpenedLink } from '../approvals/index.ts';
import type { Gateway, Logger } from '../gateway/index.ts';
import { DecisionFeed } from '../registry/index.ts';
import { approvalMessage, decisionMessage } from './describe.ts';
import { openDelivery, type DeliveryOptions } from './open-delivery.ts';
import type { AlertEvent, AlertMessage } from './types.ts';
import { canaryMessage, driftMessages, limitMessage } from './watch-system.ts';

export interface AlertsOptions extends DeliveryOptions {
  readonly gateway: Gateway;
  readonly desk: ApprovalDesk;
  readonly logger: Logger;
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
  const { store, now } = registry;
  const feed = new DecisionFeed(store);
  const delivery = await openDelivery(options);
  const { center, courier, linkKey } = delivery;
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
    hasMail: delivery.hasMail,
    test: (id) => delivery.test(id),
    openLink: (token) => openLink(store.approvals, linkKey, token, now()),
    useLink: (id) => store.approvals.useLink(id, now()),
    async close() {
      unsubscribe();
      for (const timer of timers) clearInterval(timer);
      for (const stop of listening.values()) stop();
      await reconciling;
      await delivery.close();
    },
  };
}
