/** Finds what must not come back. Patterns run in linear time (RE2), whatever a server sends. */
import { RE2JS } from 're2js';

const SECRETS: readonly (readonly [label: string, pattern: string])[] = [
  ['private key', String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----`],
  ['AWS key', String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`],
  ['GitHub token', String.raw`\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})\b`],
  ['Slack token', String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,250}`],
  ['Stripe key', String.raw`\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}\b`],
  ['Google key', String.raw`\bAIza[0-9A-Za-z_-]{35}`],
  ['API key', String.raw`\bsk-[A-Za-z0-9_-]{20,250}`],
  ['grant token', String.raw`\bpc[ga]_[A-Za-z0-9]{30,100}\b`],
  ['JSON Web Token', String.raw`\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,1000}\.[A-Za-z0-9_-]{8,1000}`],
  [
    'secret',
    String.raw`(?i)\b(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)["']?\s*[:=]\s*["']?[^\s"',;}]{6,500}`,
  ],
];

const EMAILS: readonly (readonly [label: string, pattern: string])[] = [
  ['e-mail address', String.raw`[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,63}`],
];

const KINDS = new Map([
  ['secrets', compiled(SECRETS)],
  ['emails', compiled(EMAILS)],
]);

function compiled(
  patterns: readonly (readonly [string, string])[],
): readonly { label: string; pattern: RE2JS }[] {
  return patterns.map(([label, pattern]) => ({ label, pattern: RE2JS.compile(pattern) }));
}

/** The text with every find replaced by `[redacted: <what>]`. */
export function redact(text: string, kinds: readonly string[]): string {
  let clean = text;
  for (const kind of kinds) {
    for (const { label, pattern } of KINDS.get(kind) ?? []) {
      if (pattern.test(clean)) clean = pattern.matcher(clean).replaceAll(`[redacted: ${label}]`);
    }
  }
  return clean;
}
