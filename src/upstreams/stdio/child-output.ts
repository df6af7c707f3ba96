/**
 * What a child prints. On stdout every JSON-RPC line is a message; anything else there is noise that real servers do
 * print: skipped and logged, as are lines longer than a message may be. stderr is logged.
 */
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { classifyLine, LineReader, readAnswer, type AnswerEnvelope } from '../../wire/index.ts';
import type { UpstreamContext } from '../types.ts';
import { BoundedLog, TextLines } from './bounded-log.ts';

export class ChildOutput {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #mask: (text: string) => string;
  readonly #errorLines = new TextLines();
  #lastError = '';

  constructor(
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    { name: server, logger, clock }: UpstreamContext,
    maxMessageBytes: number,
    mask: (text: string) => string,
    receive: (bytes: Buffer, envelope: AnswerEnvelope) => void,
  ) {
    this.#child = child;
    this.#mask = mask;
    const noise = new BoundedLog(clock, (line, skipped) =>
      logger.warn({ server, line, skipped }, 'skipped a line on stdout that is no message'),
    );
    const errors = new BoundedLog(clock, (line, skipped) =>
      logger.debug({ server, line, skipped }, 'stderr'),
    );
    const deliver = (line: Buffer, envelope: AnswerEnvelope): void => {
      try {
        receive(line, envelope);
      } catch (error) {
        logger.error({ server, error: String(error) }, 'a message of the server could not be handled');
      }
    };
    const lines = new LineReader(maxMessageBytes, (bytes) =>
      logger.warn({ server, bytes }, 'skipped a line on stdout that is too long'),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of lines.push(chunk)) {
        const envelope = classifyLine(line) === 'message' ? readAnswer(line) : undefined;
        if (envelope === undefined || envelope.kind === 'invalid')
          noise.line(mask(line.toString('utf8', 0, 4000)));
        else deliver(line, envelope);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      for (const line of this.#errorLines.push(chunk)) {
        this.#lastError = line;
        errors.line(mask(line));
      }
    });
    child.stderr.on('error', () => {});
    child.stdout.on('error', () => {});
  }

  /** The last line on stderr, without secrets, short enough for an error text. */
  lastWords(): string {
    return this.#mask(this.#errorLines.rest() || this.#lastError).slice(0, 200);
  }

  /** Resolves when all output has arrived, or after `limitMs`: something that outlived the child may hold the pipes open. */
  drained(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#child.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
