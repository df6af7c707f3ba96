/** Standard Webhooks 1.0: `webhook-signature` is HMAC-SHA-256 over "<id>.<timestamp>.<body>" with the bytes behind `whsec_`. */
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** Whether it is `whsec_` and base64 of 24 to 64 bytes. */
export function isWebhookSecret(secret: string): boolean {
  const text = secret.slice(PREFIX.length);
  const bytes = Buffer.from(text, 'base64');
  return (
    secret.startsWith(PREFIX) && bytes.toString('base64') === text && bytes.length >= 24 && bytes.length <= 64
  );
}

/** @param seconds since the epoch */
export function webhookHeaders(
  secret: string,
  id: string,
  seconds: number,
  body: string,
): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
