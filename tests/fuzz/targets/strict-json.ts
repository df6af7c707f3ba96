/** Strict JSON: what is accepted is what JSON.parse reads, member by member; what is called bad syntax is bad for JSON.parse, too. */
import { parseStrict } from '../../../src/wire/index.ts';
import type { Target } from '../target.ts';
import { onlyKnownErrors } from './only-known-errors.ts';
import { sameValue } from './same-value.ts';

export const strictJson: Target = {
  name: 'strict-json',
  sources: /\/src\/wire\/json\//,
  seeds: [
    '{"a":[1,2.5e-3,-0,true,false,null],"b":{"c":"x\\u00e9\\ud83d\\ude00\\n"}}',
    '[9007199254740993,1e999,0.1,-1]',
    '"text"',
    '{"ab":1,"aB":2}',
    '{"a":1,"\\u0061":2}',
  ],
  tokens: [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\ud83d',
    '\\ude00',
    '\\u0000',
    '"a":',
    '"A":',
    '1e',
    '-',
    '0',
    '.',
    'null',
    'true',
    '\ufeff',
    '\u212a',
    'ſ',
    'İ',
    '\u2028',
    ' ',
    '\n',
    '__proto__',
  ],
  check: (input) => {
    const read = onlyKnownErrors(() => parseStrict(input));
    if ('code' in read) {
      if (read.code === 'PC_JSON_SYNTAX' && isJson(input))
        throw new Error('valid JSON was called bad syntax');
      return;
    }
    const { value, spans } = read.value;
    const parsed: unknown = JSON.parse(input.toString('utf8'));
    if (!sameValue(value, parsed)) throw new Error('JSON.parse reads something else');
    if (typeof parsed !== 'object' || parsed === null) return;
    const parts = spans().map(
      ({ start, end }) => JSON.parse(input.subarray(start, end).toString('utf8')) as unknown,
    );
    const own = Object.values(parsed);
    const byPart = new Set(parts.map((part) => JSON.stringify(part)));
    if (parts.length !== own.length || own.some((part) => !byPart.has(JSON.stringify(part))))
      throw new Error('the places of the members are not where their values are');
  },
};

function isJson(input: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input));
    return true;
  } catch {
    return false;
  }
}
