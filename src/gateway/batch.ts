/**
 * JSON-RPC batches exist in protocol revision 2025-03-26 only. Every entry is judged, with its reservations, before the first
 * one is sent: one refusal refuses all. Entries travel singly, so no upstream ever sees an array.
 */
import { PortcullisError } from '../errors.ts';
import type { AnswerHead } from '../upstreams/index.ts';
import { readAnswer, type Batch } from '../wire/index.ts';
import { awaitJudgement } from './await-judgement.ts';
import type { Call, Caller, Ending, Front, Judged } from './call.ts';
import type { Core } from './core.ts';
import { makeCall } from './make-call.ts';
import { readCode } from './read-code.ts';
import { judge, perform, refuse, type Dispatch } from './pipeline.ts';

/** @throws PC_BATCH_REFUSED unless the session speaks 2025-03-26 */
export function checkBatch(caller: Caller): void {
  if (caller.session?.facts?.version !== '2025-03-26') throw new PortcullisError('PC_BATCH_REFUSED');
}

/** Whether what is known of the server's tools decides about it. */
export function callsTool({ messages }: Batch): boolean {
  return messages.some((message) => message.kind === 'request' && message.method === 'tools/call');
}

/** @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION when an entry cannot be a call */
export function runBatch(
  batch: Batch,
  core: Core,
  caller: Caller,
  front: Front,
  headers: Readonly<Record<string, string>>,
  dispatch: Dispatch,
): void {
  const collected: Buffer[] = [];
  let waiting = batch.messages.length;
  const collector = (): Front =>
    new EntryFront(front, (answer) => {
      if (answer !== null) collected.push(answer);
      waiting -= 1;
      if (waiting === 0) finish(front, collected);
    });
  const calls = batch.messages.map((message) => makeCall(core, caller, collector(), message, headers));
  const readings = calls.flatMap((call) => readCode(call) ?? []);
  if (readings.length === 0) judgeBatch(calls, core, dispatch);
  else void Promise.all(readings).then(() => judgeBatch(calls, core, dispatch));
}

function judgeBatch(calls: readonly Call[], core: Core, dispatch: Dispatch): void {
  const judged = calls.map((call): Judged => {
    const { message } = call;
    const opening = message.kind === 'request' && message.method === 'initialize';
    return opening ? NOT_ALONE : judge(call, core);
  });
  if (!judged.some((ending) => ending instanceof Promise))
    return performBatch(calls, judged as readonly (Ending | undefined)[], core, dispatch);
  const all = Promise.all(judged);
  const endings = calls.map((call, place) =>
    awaitJudgement(
      call,
      core,
      all.then((known) => known[place]),
    ),
  );
  void Promise.all(endings).then((known) => performBatch(calls, known, core, dispatch));
}

/** One refusal refuses all, and what was reserved goes back. */
function performBatch(
  calls: readonly Call[],
  endings: readonly (Ending | undefined)[],
  core: Core,
  dispatch: Dispatch,
): void {
  const refused = endings.some((ending) => ending !== undefined);
  calls.forEach((call, place) => {
    if (!refused) return perform(call, core, dispatch);
    const ending = endings[place];
    if (ending === undefined) call.hold?.release();
    refuse(call, core, ending ?? REFUSED);
  });
}

const NOT_ALONE: Ending = {
  kind: 'error',
  error: new PortcullisError('PC_MESSAGE_INVALID', { detail: 'initialize must stand alone' }),
};
const REFUSED: Ending = { kind: 'error', error: new PortcullisError('PC_BATCH_ENTRY_REFUSED') };

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

  onGone(listener: () => void): () => void {
    return this.#outer.onGone(listener);
  }

  ready(): boolean {
    return true;
  }
}
