/**
 * Opens a session anew at a server that has lost it, by the client's own `initialize` and through the pipeline like any
 * message (MCP 2025-11-25, basic/transports, session management). No call is sent again.
 */
import { readAnswer, readMessage, rewriteMember, type RequestMessage } from '../wire/index.ts';
import type { Caller, Front } from './call.ts';
import type { Doors } from './doors/doors.ts';
import { makeCall } from './make-call.ts';
import { run } from './pipeline.ts';
import { TaskFront } from './tasks/task-front.ts';

const INITIALIZED = Buffer.from('{"jsonrpc":"2.0","method":"notifications/initialized"}');

/** @param client hears what the server says meanwhile @param done told whether the server has agreed */
export function openAgain(
  { core, dispatch }: Doors,
  caller: Caller,
  opening: RequestMessage,
  client: Front,
  done: (opened: boolean) => void,
): void {
  const tell = (bytes: Buffer, answered: (answer: Buffer | undefined) => void): void => {
    const message = readMessage(bytes);
    const front = new TaskFront(client.surface, answered, (aside) => client.message(aside));
    if (message.kind !== 'batch') run(makeCall(core, caller, front, message, {}), core, dispatch);
  };
  tell(rewriteMember(opening.bytes, ['id'], JSON.stringify(core.newId())), (answer) => {
    if (answer === undefined || readAnswer(answer).errorCode !== undefined) return done(false);
    tell(INITIALIZED, () => done(true));
  });
}
