/** What the answer to a POST of the legacy HTTP+SSE transport means: 2xx says delivered, anything else answers in place of the stream. */
import type { AnswerEnvelope } from '../../wire/index.ts';
import type { AnswerSink } from '../types.ts';
import type { Transmission } from '../line/conversation.ts';

/** @param receive takes a message that a server puts into the POST's own answer instead of the stream */
export function postSink(
  transmission: Transmission,
  receive: (bytes: Buffer, envelope: AnswerEnvelope) => void,
): AnswerSink {
  let error: AnswerSink | undefined;
  return {
    head(head) {
      if (head.status < 400) return transmission.sent();
      error = transmission.takeOver();
      error.head(head);
    },
    message(bytes, envelope, event) {
      if (error !== undefined) error.message(bytes, envelope, event);
      else if (envelope.kind !== 'invalid') receive(bytes, envelope);
    },
    event: (event) => error?.event(event),
    raw: (bytes) => error?.raw(bytes),
    end: () => error?.end(),
    fail(reason, ran) {
      if (error === undefined) transmission.failed(reason, ran);
      else error.fail(reason, ran);
    },
  };
}
