/**
 * JSON-RPC batches exist in protocol revision 2025-03-26 only. Every entry is judged, with its reservations, before the first
 * one is sent: one refusal refuses all. Entries travel singly, so no upstream ever sees an array.
 */
import { PortcullisError } from '../errors.ts';
import type { SessionFacts } from '../identity/index.ts';
import type { AnswerHead } from '../upstreams/index.ts';
import { readAnswer, type Batch } from '../wire/index.ts';
import { awaitJudgement } from './await-judgement.ts';
import type { Call, Caller, Ending, Front, Judged } from './call.ts';
import type { Core } from './core.ts';
import { makeCall } from './make-call.ts';
import { readCode } from './read-code.ts';
import { judge, perform, refuse, type Dispatch } from './pipeline.ts';

/** @throws PC_BATCH_REFUSED unless the session speaks 2025-03-26 */
export function checkBatch(facts: SessionFacts | undefined): void {
  if (facts?.version !== '2025-03-26') throw new PortcullisError('PC_BATCH_REFUSED');
}

/** Whether what is known of the server's tools decides about it. */
export function callsTool({ messages }: Batch): boolean {
  return messages.some((message) => message.kind === 'request' && message.method === 'tools/call');
}

/** One entry of a batch, whatever it is for. */
export interface BatchEntry {
  /** What is judged; undefined: only the other entries decide about it. */
  readonly call?: Call;
  /** Why it goes no further, where that is known at once. */
  readonly ending?: Ending | undefined;
  /** Once all entries may be. */
  readonly perform: () => void;
  readonly refuse: (ending: Ending) => void;
}

/** @throws PC_HEADER_MISMATCH, PC_PROTOCOL_VERSION when an entry cannot be a call */
export function runBatch(
  { messages }: Batch,
  core: Core,
  caller: Caller,
  front: Front,
  headers: Readonly<Record<string, string>>,
  dispatch: Dispatch,
): void {
  const side = entrySides(front, messages.length);
  runEntries(
    messages.map((message) => callEntry(makeCall(core, caller, side(), message, headers), core, dispatch)),
    core,
  );
}

/** An entry for one server. */
export function callEntry(call: Call, core: Core, dispatch: Dispatch): BatchEntry {
  const { message } = call;
  return {
    call,
    ending: message.kind === 'request' && message.method === 'initialize' ? NOT_ALONE : undefined,
    perform: () => perform(call, core, dispatch),
    refuse: (ending) => refuse(call, core, ending),
  };
}

export function runEntries(entries: readonly BatchEntry[], core: Core): void {
  const readings = entries.flatMap(({ call }) => (call === undefined ? [] : (readCode(call) ?? [])));
  if (readings.length === 0) judgeEntries(entries, core);
  else void Promise.all(readings).then(() => judgeEntries(entries, core));
}

function judgeEntries(entries: readonly BatchEntry[], core: Core): void {
  const judged = entries.map(
    ({ call, ending }): Judged => ending ?? (call === undefined ? undefined : judge(call, core)),
  );
  if (!judged.some((ending) => ending instanceof Promise))
    return performEntries(entries, judged as readonly (Ending | undefined)[]);
  const all = Promise.all(judged);
  const endings = entries.map(({ call }, place) => {
    const own = all.then((known) => known[place]);
    return call === undefined ? own : awaitJudgement(call, core, own);
  });
  void Promise.all(endings).then((known) => performEntries(entries, known));
}

/** One refusal refuses all, and what was reserved goes back. */
function performEntries(entries: readonly BatchEntry[], endings: readonly (Ending | undefined)[]): void {
  const refused = endings.some((ending) => ending !== undefined);
  entries.forEach((entry, place) => {
    if (!refused) return entry.perform();
    const ending = endings[place];
    if (ending === undefined) entry.call?.hold?.release();
    entry.refuse(ending ?? REFUSED);
  });
}

/** It opens what the other entries would need. */
export const NOT_ALONE: Ending = {
  kind: 'error',
  error: new PortcullisError('PC_MESSAGE_INVALID', { detail: 'initialize must stand alone' }),
};
const REFUSED: Ending = { kind: 'error', error: new PortcullisError('PC_BATCH_ENTRY_REFUSED') };

/** Makes the side of one entry after the other; the batch is answered when all `count` have ended. */
export function entrySides(front: Front, count: number): () => Front {
  const answers: Buffer[] = [];
  let waiting = count;
  return () =>
    new EntryFront(front, (answer) => {
      if (answer !== null) answers.push(answer);
      waiting -= 1;
      if (waiting === 0) finish(front, answers);
    });
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

  onGone(listener: () => void): () => void {
    return this.#outer.onGone(listener);
  }

  ready(): boolean {
    return true;
  }
}
