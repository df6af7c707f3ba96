import { makeFinding } from '../make-finding.ts';
import type { ScanText } from '../read-texts.ts';
import { shown } from '../shown.ts';
import type { Finding } from '../types.ts';
import { placeOf } from './place-of.ts';

const BLOB = /(?<!base64,)(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{60,}={0,2}(?![A-Za-z0-9+/_-])/;
const READABLE = /^[\t\n\r\u0020-\u007e]+$/;

/** Base64 that decodes to sentences: a way around readers of plain text. */
export function checkEncoding(text: ScanText): Finding[] {
  const blob = BLOB.exec(text.text)?.[0];
  if (blob === undefined) return [];
  const decoded = Buffer.from(blob.slice(0, 4000), 'base64').toString('latin1');
  if (!READABLE.test(decoded) || decoded.split(' ').length < 5) return [];
  return [
    makeFinding('encoded-text', placeOf(text), `decodes to "${shown(decoded, 120)}"`, { severity: 'high' }),
  ];
}
