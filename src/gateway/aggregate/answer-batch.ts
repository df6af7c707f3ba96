/**
 * A batch at `/mcp` (2025-03-26): entries for one server are judged by its rules, the others are asked of all servers or
 * answered here. One refusal refuses all, and then no server hears of any.
 */
import { PortcullisError, toPortcullisError } from '../../errors.ts';
import { errorMessage, type Message, type RequestMessage } from '../../wire/index.ts';
import { callEntry, checkBatch, entrySides, NOT_ALONE, runEntries, type BatchEntry } from '../batch.ts';
import type { Ending } from '../call.ts';
import { recordRefusal } from '../doors/door.ts';
import { answerRequest, isForOne, learnNamed, refuseUnknown } from './answer-request.ts';
import { destinationOf } from './destination.ts';
import { callFor, type Exchange } from './exchange.ts';
import { concernedBy, pass, responseCall } from './pass.ts';

/** @throws PC_BATCH_REFUSED, and what refuses a message of its own with an HTTP status */
export async function answerBatch(exchange: Exchange, messages: readonly Message[]): Promise<void> {
  checkBatch(exchange.party.facts);
  for (const message of messages) if (message.kind === 'request') await learnNamed(exchange, message);
  const side = entrySides(exchange.front, messages.length);
  const entries = messages.map((message) => entryOf({ ...exchange, front: side() }, message));
  runEntries(entries, exchange.doors.core);
}

function entryOf(exchange: Exchange, message: Message): BatchEntry {
  const { core, dispatch } = exchange.doors;
  if (message.kind === 'response') return callEntry(responseCall(exchange, message), core, dispatch);
  if (message.kind === 'request') return requestEntry(exchange, message);
  const told = concernedBy(exchange, message);
  const refuse = refusing(exchange);
  return { perform: () => void pass(exchange, told).catch(refuse), refuse: ended(refuse) };
}

function requestEntry(exchange: Exchange, message: RequestMessage): BatchEntry {
  const { core, dispatch } = exchange.doors;
  const refuse = refusing(exchange, message);
  if (!isForOne(message)) {
    const perform = (): void => void answerRequest({ ...exchange, refuse }, message).catch(refuse);
    return {
      ending: message.method === 'initialize' ? NOT_ALONE : undefined,
      perform,
      refuse: ended(refuse),
    };
  }
  const destination = destinationOf(message, exchange.party, core);
  if (destination.kind === 'missing') throw new PortcullisError('PC_SESSION_UNKNOWN');
  if (destination.kind === 'member')
    return callEntry(callFor(exchange, destination.caller, destination.message), core, dispatch);
  return {
    ending: UNKNOWN,
    perform: () => {},
    refuse: () => void refuseUnknown(exchange, message).catch(refuse),
  };
}

const UNKNOWN: Ending = {
  kind: 'error',
  error: new PortcullisError('PC_PARAMS_INVALID', { detail: 'no server of this grant has what it names' }),
};

/** Records and answers one entry: the batch as a whole is answered with 200. */
function refusing(
  { doors, party, front }: Exchange,
  request?: RequestMessage,
): (thrown: unknown) => Promise<void> {
  return async (thrown) => {
    const error = toPortcullisError(thrown);
    await recordRefusal(doors.core, error, party, { surface: 'http' });
    const { code, rpcCode, message, data } = error;
    front.reply(
      200,
      request === undefined ? null : errorMessage(request.id, rpcCode, message, { code, ...data }),
    );
  };
}

const ended =
  (refuse: (thrown: unknown) => Promise<void>) =>
  (ending: Ending): void =>
    void refuse(ending.kind === 'error' ? ending.error : undefined);
