/** The subscription that a message belongs to (MCP 2026-07-28, subscriptions/listen): the id of the request that opened it. */
import { SUBSCRIPTION_META } from '../../wire/index.ts';

/** Undefined when the message names none, or is not JSON. */
export function subscriptionOf(bytes: Buffer): string | number | undefined {
  if (!bytes.includes(SUBSCRIPTION_META)) return undefined;
  let message: { params?: Meta; result?: Meta } | null;
  try {
    message = JSON.parse(bytes.toString()) as typeof message;
  } catch {
    return undefined;
  }
  const id = message?.params?._meta?.[SUBSCRIPTION_META] ?? message?.result?._meta?.[SUBSCRIPTION_META];
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

interface Meta {
  readonly _meta?: Readonly<Record<string, unknown>>;
}
