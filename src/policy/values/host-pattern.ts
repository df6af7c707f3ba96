/** Host patterns: a host, an address, or `*.example.com` for every name below example.com (not example.com itself). */
import * as z from 'zod';
import { normaliseHost, type Host } from './host.ts';

/** What is wrong with a pattern, or undefined. */
export function hostPatternTrouble(pattern: string): string | undefined {
  const expected = 'Expected a host such as example.com, *.example.com, 192.0.2.1 or [2001:db8::1], without scheme, port or path';
  const wildcard = pattern.startsWith('*.');
  const rest = wildcard ? pattern.slice(2) : pattern;
  if (rest.includes('*')) return `${expected}; "*" may only be the whole first label, got ${JSON.stringify(pattern)}.`;
  const host = normaliseHost(bracketed(rest));
  if (host === undefined || (wildcard && host.isAddress)) return `${expected}, got ${JSON.stringify(pattern)}.`;
  return undefined;
}

/** A list of host patterns, for operators that take one. */
export const hostPatterns = z
  .array(
    z.string().superRefine((pattern, context) => {
      const message = hostPatternTrouble(pattern);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
  )
  .min(1);

/** @param patterns without trouble */
export function compileHostPatterns(patterns: readonly string[]): (host: Host) => boolean {
  const exact = new Set<string>();
  const suffixes: string[] = [];
  for (const pattern of patterns) {
    if (pattern.startsWith('*.')) suffixes.push(`.${normaliseHost(pattern.slice(2))!.name}`);
    else exact.add(normaliseHost(bracketed(pattern))!.name);
  }
  return ({ name, isAddress }) => exact.has(name) || (!isAddress && suffixes.some((suffix) => name.endsWith(suffix)));
}

function bracketed(text: string): string {
  return text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
}
