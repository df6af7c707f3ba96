/**
 * Brings queued messages to their channels. The queue is in the database: any node may deliver, one at a time does, and a
 * crash loses nothing. What fails is tried again later and later, and given up after the last try.
 */
import type { Poster } from '../upstreams/index.ts';
import type { AlertRow, AlertStore, DeliveryRow, SecretBox } from '../store/index.ts';
import { mailBody, slackBody, teamsBody, webhookBody } from './formats.ts';
import type { Mailer } from './mailer.ts';
import { openTarget } from './sealed-target.ts';
import { webhookHeaders } from './sign-webhook.ts';
import type { AlertTarget, QueuedMessage } from './types.ts';

export interface CourierParts {
  readonly store: AlertStore;
  readonly box: SecretBox;
  readonly poster: Poster;
  readonly mailer: Mailer | undefined;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Waits before the second and each later try, ms. */
  readonly retryMs?: readonly number[];
}

const RETRY_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000];
const LEASE_MS = 60_000;

export class Courier {
  readonly #parts: CourierParts;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Delivers everything that is due. Never rejects. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#work().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        for (;;) {
          const { store, now } = this.#parts;
          const delivery = await store.take(now(), LEASE_MS);
          if (delivery === undefined) break;
          await this.#deliver(delivery);
        }
      } catch {
        // The database is away; the next run goes on.
      }
    }
  }

  async #deliver(delivery: DeliveryRow): Promise<void> {
    const { store, now, retryMs = RETRY_MS } = this.#parts;
    const failure = await this.#attempt(delivery).then(
      () => undefined,
      (error: Error) => String(error.message).slice(0, 300),
    );
    if (failure === undefined) return store.done(delivery.id, now(), null);
    const wait = retryMs[delivery.attempts - 1];
    await (wait === undefined
      ? store.done(delivery.id, now(), failure)
      : store.later(delivery.id, now() + wait, failure));
  }

  async #attempt({ id, alertId, sealedMessage }: DeliveryRow): Promise<void> {
    const { store, box } = this.#parts;
    const alert = await store.get(alertId);
    if (alert === undefined) return;
    const message = JSON.parse(box.open(sealedMessage, { table: 'alert_deliveries', id })) as QueuedMessage;
    const target = openTarget(box, alert);
    if (alert.channel === 'email') return this.#mail(message);
    await this.#post(alert.channel, id, target, message);
  }

  async #mail(message: QueuedMessage): Promise<void> {
    const { mailer } = this.#parts;
    if (mailer === undefined) throw new Error('PORTCULLIS_SMTP_URL is not set');
    if (message.to !== undefined) await mailer.mail(message.to, mailBody(message));
  }

  async #post(
    channel: Exclude<AlertRow['channel'], 'email'>,
    id: string,
    target: AlertTarget,
    message: QueuedMessage,
  ): Promise<void> {
    const make = { webhook: webhookBody, slack: slackBody, teams: teamsBody }[channel];
    const body = make(message);
    const seconds = Math.floor(this.#parts.now() / 1000);
    const signed =
      channel === 'webhook' && target.secret !== undefined
        ? webhookHeaders(target.secret, id, seconds, body)
        : {};
    const headers = { 'content-type': 'application/json', 'user-agent': 'Portcullis', ...signed };
    const status = await this.#parts.poster.post(target.url ?? '', headers, body);
    if (status < 200 || status > 299) throw new Error(`HTTP ${status}`);
  }
}
