/** The client's side of a call that runs as a task: nobody is there, the answer is kept. It never goes away. */
import { readAnswer } from '../../wire/index.ts';
import type { Front } from '../call.ts';

export class TaskFront implements Front {
  readonly surface: Front['surface'];
  readonly #answered: (answer: Buffer | undefined) => void;
  readonly #aside: (message: Buffer) => void;
  #done = false;

  /** @param answered called once; undefined: no answer came @param aside takes what the server says meanwhile */
  constructor(
    surface: Front['surface'],
    answered: (answer: Buffer | undefined) => void,
    aside: (message: Buffer) => void,
  ) {
    // Not plain HTTP: what is no MCP message is answered with an error.
    this.surface = surface === 'http' ? 'sse' : surface;
    this.#answered = answered;
    this.#aside = aside;
  }

  head(): void {}

  message(bytes: Buffer): void {
    const { kind } = readAnswer(bytes);
    if (kind === 'request' || kind === 'notification') this.#aside(bytes);
    else this.#finish(bytes);
  }

  event(): void {}

  raw(): void {}

  end(): void {
    this.#finish(undefined);
  }

  reply(_status: number, bytes: Buffer | null): void {
    this.#finish(bytes ?? undefined);
  }

  onGone(): () => void {
    return () => {};
  }

  ready(): boolean {
    return true;
  }

  #finish(answer: Buffer | undefined): void {
    if (this.#done) return;
    this.#done = true;
    this.#answered(answer);
  }
}
