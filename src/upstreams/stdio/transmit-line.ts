/** Puts one message on a child's stdin and reports how that went. */
import { PortcullisError } from '../../errors.ts';
import { unreachable } from '../failures.ts';
import type { Transmission } from '../line/conversation.ts';
import type { Outbound } from '../types.ts';
import type { StdinQueue } from './stdin-queue.ts';

const OPEN_BRACKET = 0x5b;
const GONE = (): boolean => true;

/** @param endReason why nothing can be sent any more; undefined while it can */
export function transmitLine(
  server: string,
  stdin: StdinQueue,
  endReason: () => string | undefined,
  { bytes }: Outbound,
  transmission: Transmission,
): () => boolean {
  const refuse = (error: PortcullisError): (() => boolean) => {
    queueMicrotask(() => transmission.failed(error, 'no'));
    return GONE;
  };
  const ended = endReason();
  if (ended !== undefined) return refuse(unreachable(server, ended));
  // Some servers exit on an array, and none may be trusted to take one apart.
  if (bytes.find((byte) => byte > 0x20) === OPEN_BRACKET)
    return refuse(new PortcullisError('PC_BATCH_REFUSED'));
  const dropped = (): void =>
    transmission.failed(unreachable(server, endReason() ?? 'its process has ended'), 'no');
  return (
    stdin.push(bytes, () => transmission.sent(), dropped) ??
    refuse(unreachable(server, 'it does not read its input'))
  );
}
