/** Characters that are not seen, or that make other text look like something else. */
import { makeFinding } from '../make-finding.ts';
import type { ScanText } from '../read-texts.ts';
import type { Finding, ScanSeverity } from '../types.ts';
import type { RuleId } from '../rules.ts';
import { placeOf } from './place-of.ts';

interface Kind {
  readonly id: RuleId;
  readonly severity: ScanSeverity;
  readonly what: string;
  readonly pattern: RegExp;
}

const KINDS: readonly Kind[] = [
  {
    id: 'terminal-escape',
    severity: 'high',
    what: 'escape sequence',
    pattern: /\u001b[[\]PX^_()#]|\u001b[@-Z\\-_]|[\u009b\u009d\u0090]/g,
  },
  {
    id: 'control-character',
    severity: 'medium',
    what: 'control character',
    pattern:
      /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u008f\u0091-\u009a\u009c\u009e\u009f]/g,
  },
  { id: 'invisible-text', severity: 'critical', what: 'tag character', pattern: /[\u{e0000}-\u{e007f}]/gu },
  {
    id: 'invisible-text',
    severity: 'high',
    what: 'change of the writing direction',
    pattern: /[\u202a-\u202e\u2066-\u2069]/g,
  },
  {
    id: 'invisible-text',
    severity: 'high',
    what: 'variation selector without a picture',
    // Those that belong to emoji and to Han characters are as they should be.
    pattern: /(?<![\p{Emoji}\p{Script=Han}\u20e3])[\ufe00-\ufe0f]|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]/gu,
  },
  {
    id: 'invisible-text',
    severity: 'medium',
    what: 'character without width',
    // The joiner holds emoji together and belongs to Arabic, Indic and Persian writing.
    pattern:
      /[\u200b\u2060-\u2064\u180e\u115f\u1160\u3164\uffa0]|(?<!^)\ufeff|(?<![\p{Emoji}\ufe0f\p{Script=Arabic}\p{M}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}])[\u200c\u200d]/gu,
  },
];
/** In a row they spell something. */
const MANY = 8;

/** The flags of England, Scotland and Wales are spelled in tag characters. */
const FLAGS = /\u{1f3f4}[\u{e0061}-\u{e007a}]{5}\u{e007f}/gu;

export function checkCharacters(text: ScanText): Finding[] {
  const plain = text.text.replace(FLAGS, '');
  return KINDS.flatMap(({ id, severity, what, pattern }) => {
    const count = plain.match(pattern)?.length ?? 0;
    if (count === 0) return [];
    const first = plain.search(pattern);
    const grave = severity === 'medium' && (count >= MANY || text.isName) ? 'high' : severity;
    const evidence = `${count} × ${what}, first after "${plain.slice(Math.max(0, first - 40), first)}"${spelled(plain)}`;
    return [makeFinding(id, placeOf(text), evidence, { severity: grave })];
  });
}

/** What tag characters spell in ASCII. */
function spelled(text: string): string {
  const ascii = [...(text.match(/[\u{e0020}-\u{e007e}]+/u)?.[0] ?? '')]
    .map((char) => String.fromCodePoint(char.codePointAt(0)! - 0xe0000))
    .join('');
  return ascii === '' ? '' : `; spells "${ascii.slice(0, 80)}"`;
}
