/** Bytes to text: UTF-8 without a byte order mark and nothing else (RFC 8259 section 8.1). */
import { isAscii, isUtf8 } from 'node:buffer';
import { PortcullisError } from '../../errors.ts';

export interface DecodedText {
  readonly text: string;
  /** One character is one byte: offsets into the text are offsets into the bytes. */
  readonly ascii: boolean;
}

/** @throws PC_BODY_ENCODING */
export function decodeText(bytes: Buffer): DecodedText {
  const [first, second, third] = [bytes[0], bytes[1], bytes[2]];
  const marked =
    (first === 0xef && second === 0xbb && third === 0xbf) ||
    (first === 0xfe && second === 0xff) ||
    (first === 0xff && second === 0xfe);
  if (marked) throw new PortcullisError('PC_BODY_ENCODING');
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), ascii: true };
  if (!isUtf8(bytes)) throw new PortcullisError('PC_BODY_ENCODING');
  return { text: bytes.toString('utf8'), ascii: false };
}
