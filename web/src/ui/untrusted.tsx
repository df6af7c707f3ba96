import { harmless } from '../lib/harmless.ts';
import { classNames } from '../lib/class-names.ts';

/** A text that a server, a client or an argument brought: shown as plain text, kept from reordering what stands around it. */
export function Untrusted({
  text,
  most,
  className,
}: {
  readonly text: string;
  readonly most?: number;
  readonly className?: string;
}) {
  return <bdi className={classNames('[overflow-wrap:anywhere]', className)}>{harmless(text, most)}</bdi>;
}
