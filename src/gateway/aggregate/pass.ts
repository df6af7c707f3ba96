/** Messages of the client that want no answer: to the server they are for, or to all that are concerned. */
import { PortcullisError } from '../../errors.ts';
import type { Message, NotificationMessage, ResponseMessage } from '../../wire/index.ts';
import type { Caller } from '../call.ts';
import { answerOwner, progressOwner } from './destination.ts';
import { runFor, type Exchange } from './exchange.ts';
import { gather } from './gather.ts';

/** What every server of a session is told. */
const TO_ALL = new Set(['notifications/initialized', 'notifications/roots/list_changed']);

/** @throws PC_MESSAGE_INVALID when nothing says whose it is */
export async function passNotification(exchange: Exchange, message: NotificationMessage): Promise<void> {
  const { doors, headers, front } = exchange;
  const told = concerned(exchange, message);
  if (told === undefined)
    throw new PortcullisError('PC_MESSAGE_INVALID', {
      detail: `nothing says which server ${message.method} is for; send it on the server's own path`,
    });
  await gather(doors, told, headers, front);
  front.reply(202, null);
}

/** Who is told, and in which words. */
function concerned(
  { party }: Exchange,
  message: NotificationMessage,
): readonly (readonly [caller: Caller, message: Message])[] | undefined {
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

/** @throws PC_MESSAGE_INVALID for an answer to what no server asked */
export function passResponse(exchange: Exchange, message: ResponseMessage): void {
  const owner = answerOwner(message, exchange.party);
  if (owner === undefined)
    throw new PortcullisError('PC_MESSAGE_INVALID', { detail: 'no server asked a request with this id' });
  runFor(exchange, owner.caller, owner.message);
}
