/** Tells those who want to know, once within their window, whichever node saw it. */
import { makeLink } from '../approvals/index.ts';
import type { AlertRow, SecretBox, Store } from '../store/index.ts';
import { openTarget } from './sealed-target.ts';
import type { AlertEvent, AlertMessage, QueuedMessage } from './types.ts';

export interface CenterParts {
  readonly store: Store;
  readonly box: SecretBox;
  readonly organization: string;
  readonly publicUrl: string;
  readonly linkKey: Buffer;
  readonly now: () => number;
  readonly newId: () => string;
  /** Something is in the queue. */
  readonly queued: () => void;
}

const MOST_MARKS = 10_000;

export class AlertCenter {
  readonly #parts: CenterParts;
  #alerts: Promise<readonly AlertRow[]> | undefined;
  /** What this process knows to be told already, by alert and key: a storm of denials need not ask the database. */
  readonly #told = new Map<string, number>();

  constructor(parts: CenterParts) {
    this.#parts = parts;
  }

  /** The configuration has changed. */
  forget(): void {
    this.#alerts = undefined;
  }

  async wants(event: AlertEvent): Promise<boolean> {
    return (await this.#enabled()).some(({ events }) => events.includes(event));
  }

  /** Queues it for every alert that wants it. @throws PC_STORE_UNAVAILABLE */
  async raise(message: AlertMessage): Promise<void> {
    for (const alert of await this.#enabled()) {
      if (!wants(alert, message) || this.#isTold(alert, message)) continue;
      const windowMs = alert.windowSeconds * 1000;
      if (await this.#parts.store.alerts.mark(alert.id, message.key, message.at, windowMs))
        await this.tell(alert, message);
    }
  }

  /** Queues it for one alert, whatever was told before. @throws PC_STORE_UNAVAILABLE */
  async tell(alert: AlertRow, message: AlertMessage): Promise<void> {
    const { box } = this.#parts;
    const target = openTarget(box, alert);
    if (alert.channel === 'email') {
      for (const to of target.to ?? []) await this.#enqueue(alert, { ...message, to }, to);
    } else {
      await this.#enqueue(alert, message, `channel ${alert.name}`);
    }
    this.#parts.queued();
  }

  async #enqueue(alert: AlertRow, message: QueuedMessage, approver: string): Promise<void> {
    const { store, box, now, newId } = this.#parts;
    const answerUrl = alert.links ? await this.#answerUrl(message, approver) : undefined;
    const id = newId();
    const sealedMessage = box.seal(JSON.stringify({ ...message, answerUrl }), {
      table: 'alert_deliveries',
      id,
    });
    await store.alerts.enqueue({ id, alertId: alert.id, sealedMessage, nextAt: now(), createdAt: now() });
  }

  async #answerUrl({ approval }: AlertMessage, approver: string): Promise<string | undefined> {
    if (approval === undefined) return undefined;
    const { store, linkKey, newId, publicUrl } = this.#parts;
    const link = { id: newId(), approvalId: approval.id, approver, expiresAt: approval.expiresAt };
    return `${publicUrl}/approve/${await makeLink(store.approvals, linkKey, link)}`;
  }

  #isTold({ id, windowSeconds }: AlertRow, { key, at }: AlertMessage): boolean {
    const name = `${id} ${key}`;
    const before = this.#told.get(name);
    if (before !== undefined && before > at - windowSeconds * 1000) return true;
    if (this.#told.size >= MOST_MARKS) this.#told.clear();
    this.#told.set(name, at);
    return false;
  }

  async #enabled(): Promise<readonly AlertRow[]> {
    const { store, organization } = this.#parts;
    const loading = (this.#alerts ??= store.alerts
      .list(organization)
      .then((rows) => rows.filter(({ enabled }) => enabled)));
    try {
      return await loading;
    } catch (error) {
      if (this.#alerts === loading) this.#alerts = undefined;
      throw error;
    }
  }
}

function wants(alert: AlertRow, { event, serverId, rule }: AlertMessage): boolean {
  return (
    alert.events.includes(event) &&
    (alert.serverId === null || alert.serverId === serverId) &&
    (alert.rule === null || alert.rule === rule)
  );
}
