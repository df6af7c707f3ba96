/** The queue of messages with what brings them to their channels: for a gateway, and for a command that sends one message. */
import { nextId, type Registry } from '../registry/index.ts';
import { derivedKey, loadDerivationKey } from '../store/index.ts';
import { createAddressGuard, createPoster } from '../upstreams/index.ts';
import { AlertCenter } from './alert-center.ts';
import { Courier } from './courier.ts';
import { createMailer } from './mailer.ts';
import { requireAlert } from './manage-alerts.ts';
import type { AlertMessage } from './types.ts';

export interface DeliveryOptions {
  readonly registry: Registry;
  readonly publicUrl: string;
  readonly allowPrivate: boolean;
  readonly masterKey: Buffer;
  readonly smtpUrl: string | undefined;
  readonly smtpFrom: string | undefined;
}

export interface Delivery {
  readonly hasMail: boolean;
  readonly linkKey: Buffer;
  readonly center: AlertCenter;
  readonly courier: Courier;
  /** Sends one message to one alert now. @throws PC_API_NOT_FOUND, PC_STORE_UNAVAILABLE */
  test(id: string): Promise<void>;
  close(): Promise<void>;
}

/** @throws PC_STORE_UNAVAILABLE, PC_MASTER_KEY */
export async function openDelivery(options: DeliveryOptions): Promise<Delivery> {
  const { registry, publicUrl, masterKey, smtpUrl } = options;
  const { store, box, now } = registry;
  const linkKey = derivedKey(await loadDerivationKey(store, box, masterKey), 'portcullis approval links');
  const poster = createPoster(createAddressGuard({ allowPrivate: options.allowPrivate }));
  const from =
    options.smtpFrom ?? `portcullis@${new URL(publicUrl).hostname.replace(/^\[.*\]$/, 'localhost')}`;
  const mailer = smtpUrl === undefined ? undefined : createMailer(smtpUrl, from);
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
  return {
    hasMail: mailer !== undefined,
    linkKey,
    center,
    courier,
    async test(id) {
      await center.tell(await requireAlert(registry, id), testMessage(now(), publicUrl));
      await courier.run();
    },
    async close() {
      mailer?.close();
      await poster.close();
    },
  };
}

function testMessage(at: number, publicUrl: string): AlertMessage {
  return {
    event: 'test',
    at,
    key: `test ${at}`,
    title: 'This is a test',
    text: 'If you can read this, the alert works.',
    facts: {},
    url: publicUrl,
  };
}
