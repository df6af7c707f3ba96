/**
 * What must not come back. The patterns run in linear time (RE2), whatever a server sends. Each has a hint, an alternation of
 * plain words that the engine of the language finds much faster: without it the pattern cannot match.
 */
import { RE2JS } from 're2js';

export interface Pattern {
  readonly label: string;
  readonly hint: RegExp;
  readonly pattern: RE2JS;
}

const KEY_END = String.raw`-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----`;
/** Names whose values are secret. */
const SECRET_NAME =
  'password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|access[_-]?token|auth[_-]?token|refresh[_-]?token';
const VALUE = String.raw`"(?:[^"\\]|\\.){6,}|'(?:[^'\\]|\\.){6,}|[^\s"',;}]{6,}`;

/** A private key block goes first: an assignment must not take its first line for a value. A block that was cut off counts too. */
const PRIVATE_KEY = pattern(
  'private key',
  /PRIVATE KEY/,
  String.raw`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:${KEY_END}|\z)`,
);

/** Group 1: the name and what stands between it and the value. */
export const ASSIGNMENT = pattern(
  'secret',
  /pass(?:word|wd|phrase)|secret|(?:api|access|private)[_-]?key|(?:access|auth|refresh)[_-]?token/i,
  String.raw`(?i)((?:${SECRET_NAME})["']?\s*[:=]\s*)(?:${VALUE})`,
);

export const SECRETS: readonly Pattern[] = [
  PRIVATE_KEY,
  pattern('AWS key', /A[KS]IA/, String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`),
  pattern(
    'GitHub token',
    /gh[pousr]_|github_pat_/,
    String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})`,
  ),
  pattern('Slack token', /xox/, String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,}`),
  pattern('Stripe key', /[rs]k_(?:live|test)_/, String.raw`\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}`),
  pattern('Google key', /AIza/, String.raw`\bAIza[0-9A-Za-z_-]{35}`),
  pattern('API key', /sk-/, String.raw`\bsk-[A-Za-z0-9_-]{20,}`),
  pattern('grant token', /pc[ga]_/, String.raw`\bpc[ga]_[A-Za-z0-9]{30,}`),
  pattern(
    'JSON Web Token',
    /eyJ/,
    String.raw`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`,
  ),
];

export const EMAILS: readonly Pattern[] = [
  pattern('e-mail address', /@/, String.raw`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)*\.\pL{2,}`),
];

const NAME_ENDS = new RegExp(`(?:${SECRET_NAME})$`, 'i');

/** Whether the value of a member of this name is a secret, whatever it looks like. */
export function isSecretName(name: string): boolean {
  return NAME_ENDS.test(name);
}

/** Compiled when it is first needed: all of them at once would take a tenth of a start. */
function pattern(label: string, hint: RegExp, source: string): Pattern {
  let compiled: RE2JS | undefined;
  return {
    label,
    hint,
    get pattern() {
      return (compiled ??= RE2JS.compile(source));
    },
  };
}
