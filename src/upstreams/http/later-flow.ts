/** An exchange that starts once its credential is there. Until then nothing was sent, so a failure is certain not to have run. */
import { toPortcullisError } from '../../errors.ts';
import type { AnswerSink, Flow } from '../types.ts';

export class LaterFlow implements Flow {
  #flow: Flow | undefined;
  #paused = false;
  #cancelled = false;

  constructor(credential: Promise<string>, start: (value: string) => Flow, sink: AnswerSink) {
    void this.#begin(credential, start, sink);
  }

  async #begin(credential: Promise<string>, start: (value: string) => Flow, sink: AnswerSink): Promise<void> {
    try {
      const value = await credential;
      if (this.#cancelled) return;
      this.#flow = start(value);
      if (this.#paused) this.#flow.pause();
    } catch (error) {
      if (!this.#cancelled) sink.fail(toPortcullisError(error), 'no');
    }
  }

  cancel(): void {
    this.#cancelled = true;
    this.#flow?.cancel();
  }

  pause(): void {
    this.#paused = true;
    this.#flow?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#flow?.resume();
  }
}
