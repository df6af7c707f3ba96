/** Messages of the client that want no answer: to the server they are for, or to all that are concerned. */
import { PortcullisError } from '../../errors.ts';
import type { Message, NotificationMessage, ResponseMessage } from '../../wire/index.ts';
import type { Call, Caller } from '../call.ts';
import { answerOwner, progressOwner } from './destination.ts';
import { callFor, type Exchange } from './exchange.ts';
import { gather } from './gather.ts';

/** What every server of a session is told. */
const TO_ALL = new Set(['notifications/initialized', 'notifications/roots/list_changed']);

/** Who is told, and in which words. */
export type Told = readonly (readonly [caller: Caller, message: Message])[];

/** Tells them, and answers. */
export async function pass({ doors, headers, front }: Exchange, told: Told): Promise<void> {
  await gather(doors, told, headers, front);
  front.reply(202, null);
}

/** @throws PC_MESSAGE_INVALID when nothing says whose it is */
export function concernedBy(exchange: Exchange, message: NotificationMessage): Told {
  const told = concerned(exchange, message);
  if (told !== undefined) return told;
  throw new PortcullisError('PC_MESSAGE_INVALID', {
    detail: `nothing says which server ${message.method} is for; send it on the server's own path`,
  });
}

function concerned({ party }: Exchange, message: NotificationMessage): Told | undefined {
  const { method, params } = message;
  if (TO_ALL.has(method)) return party.members.map((caller) => [caller, message]);
  if (method === 'notifications/progress') {
    const owner = progressOwner(message, party);
    return owner === undefined ? undefined : [[owner.caller, owner.message]];
  }
  if (method !== 'notifications/cancelled') return undefined;
  const id = params?.requestId as string | number;
  return party.members
    .filter(({ session }) => session?.inFlight.has(id) === true)
    .map((caller) => [caller, message]);
}

/** An answer of the client as a call on the server that asked. @throws PC_MESSAGE_INVALID for an answer to what no server asked */
export function responseCall(exchange: Exchange, message: ResponseMessage): Call {
  const owner = answerOwner(message, exchange.party);
  if (owner === undefined)
    throw new PortcullisError('PC_MESSAGE_INVALID', { detail: 'no server asked a request with this id' });
  return callFor(exchange, owner.caller, owner.message);
}
