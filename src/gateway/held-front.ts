/**
 * The client's side of a call whose HTTP answer has begun as a stream, because it waited and said so. The server's own head
 * comes too late to be passed on; its messages go into the stream that is open.
 */
import type { AnswerHead } from '../upstreams/index.ts';
import type { Front } from './call.ts';
import { PassingFront } from './passing-front.ts';

const STREAM: AnswerHead = { status: 200, kind: 'sse', headers: {} };

export class HeldFront extends PassingFront {
  constructor(inner: Front) {
    // Not plain HTTP any more: what is not an MCP message is answered with an error in the stream.
    super(inner, 'sse');
    inner.head(STREAM);
  }

  head(): void {}

  override raw(): void {}
}
