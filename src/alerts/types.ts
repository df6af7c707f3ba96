/** What can be told, and to whom. */

export const ALERT_EVENTS = [
  'approval_waiting',
  'denied',
  'limit_near',
  'drift',
  'canary_failed',
  'upstream_down',
] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

/** Something that happened, in words and facts. No argument value is ever in it. */
export interface AlertMessage {
  readonly event: AlertEvent | 'test';
  /** Ms since the epoch. */
  readonly at: number;
  /** The same thing has the same key: it is told once within an alert's window. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly facts: Readonly<Record<string, string>>;
  /** Where to look. */
  readonly url: string;
  readonly serverId?: string | undefined;
  readonly rule?: string | undefined;
  /** A waiting approval: one-time links may be made for it. */
  readonly approval?: { readonly id: string; readonly expiresAt: number } | undefined;
}

/** A message as it is queued: for one recipient. */
export interface QueuedMessage extends AlertMessage {
  /** E-mail: the one address. */
  readonly to?: string | undefined;
  /** A one-time link to answer by. */
  readonly answerUrl?: string | undefined;
}

/** What is sealed of an alert. */
export interface AlertTarget {
  /** webhook, slack, teams */
  readonly url?: string | undefined;
  /** webhook: `whsec_` and base64 (Standard Webhooks). */
  readonly secret?: string | undefined;
  /** email */
  readonly to?: readonly string[] | undefined;
}
