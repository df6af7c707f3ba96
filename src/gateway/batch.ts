/**
 * JSON-RPC batches exist in protocol revision 2025-03-26 only. Every entry is judged, with its reservations, before the first
 * one is sent: one refusal refuses all. Entries travel singly, so no upstream ever sees an array.
 */
import { PortcullisError } from '../errors.ts';
import type { AnswerHead } from '../upstreams/index.ts';
import { readAnswer, type Batch } from '../wire/index.ts';
import type { Caller, Ending, Front } from './call.ts';
import type { Core } from './core.ts';
import { makeCall } from './make-call.ts';
import { judge, perform, refuse, type Dispatch } from './pipeline.ts';

/** @throws PC_BATCH_REFUSED unless the session speaks 2025-03-26 */
export function checkBatch(caller: Caller): void {
  if (caller.session?.facts?.version !== '2025-03-26') throw new PortcullisError('PC_BATCH_REFUSED');
}

/** @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION when an entry cannot be a call */
export async function runBatch(
  batch: Batch,
  core: Core,
  caller: Caller,
  front: Front,
  headers: Readonly<Record<string, string>>,
  dispatch: Dispatch,
): Promise<void> {
  const collected: Buffer[] = [];
  let waiting = batch.messages.length;
  const collector = (): Front =>
    new EntryFront(front, (answer) => {
      if (answer !== null) collected.push(answer);
      waiting -= 1;
      if (waiting === 0) finish(front, collected);
    });
  const judged = batch.messages.map((message) => {
    const call = makeCall(core, caller, collector(), message, headers);
    const opening = message.kind === 'request' && message.method === 'initialize';
    const ending: Ending | undefined = opening
      ? {
          kind: 'error',
          error: new PortcullisError('PC_MESSAGE_INVALID', { detail: 'initialize must stand alone' }),
        }
      : judge(call, core);
    return { call, ending };
  });
  const refused = judged.some(({ ending }) => ending !== undefined);
  await Promise.all(
    judged.map(({ call, ending }) => {
      if (!refused) return perform(call, core, dispatch);
      if (ending === undefined) call.hold?.release();
      return refuse(
        call,
        core,
        ending ?? { kind: 'error', error: new PortcullisError('PC_BATCH_ENTRY_REFUSED') },
      );
    }),
  );
}

function finish(front: Front, answers: readonly Buffer[]): void {
  if (answers.length === 0) return front.reply(202, null);
  front.reply(200, Buffer.from(`[${answers.map((answer) => answer.toString()).join(',')}]`), {
    'content-type': 'application/json',
  });
}

/** One entry's side: gathers its answer; other messages of the server go unseen, since an array cannot carry them in time. */
class EntryFront implements Front {
  readonly surface: Front['surface'];
  readonly #outer: Front;
  readonly #done: (answer: Buffer | null) => void;
  #answer: Buffer | null = null;
  #ended = false;

  constructor(outer: Front, done: (answer: Buffer | null) => void) {
    this.surface = outer.surface === 'http' ? 'sse' : outer.surface;
    this.#outer = outer;
    this.#done = done;
  }

  head(_head: AnswerHead): void {}

  message(bytes: Buffer): void {
    if (readAnswer(bytes).kind === 'response') this.#answer = bytes;
  }

  event(): void {}

  raw(): void {}

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#done(this.#answer);
  }

  reply(_status: number, bytes: Buffer | null): void {
    this.#answer = bytes;
    this.end();
  }

  onGone(listener: () => void): void {
    this.#outer.onGone(listener);
  }

  ready(): boolean {
    return true;
  }
}
