/** Operators on strings: contains, regex, starts_with, ends_with, glob, email_domain_in. */
import { RE2JS } from 're2js';
import type { Json } from '../../json.ts';
import { patternSize } from '../../pattern-size.ts';
import { equalsAny } from '../json-equality.ts';
import { globMatcher } from '../glob.ts';
import { anything, list, text } from '../shape.ts';
import { canonicalHost } from './addresses.ts';
import { negated, type Operator } from './operator.ts';

export const contains: Operator = {
  name: 'contains',
  negative: false,
  operand: anything,
  prepare: (wanted: Json) => (value) => {
    if (typeof value === 'string') return typeof wanted === 'string' ? value.includes(wanted) : false;
    return Array.isArray(value) ? equalsAny(wanted, value as readonly Json[]) : undefined;
  },
};
export const notContains = negated(contains, 'not_contains');

/** RE2 syntax: no look-around, no back-references, linear time. */
export const regex: Operator = {
  name: 'regex',
  negative: false,
  operand: text('a regular expression (RE2 syntax)'),
  patternSteps: patternSize,
  problem: (pattern: string) => {
    try {
      RE2JS.compile(pattern);
      return undefined;
    } catch (error) {
      return `is not a regular expression in RE2 syntax: ${(error as Error).message.replace(/^error parsing regexp: /, '')}`;
    }
  },
  prepare: (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    return (value) => (typeof value === 'string' ? compiled.test(value) : undefined);
  },
};
export const notRegex = negated(regex, 'not_regex');

const onStrings = (
  name: string,
  operand: string,
  make: (operand: string) => (value: string) => boolean,
): Operator => ({
  name,
  negative: false,
  operand: text(operand),
  prepare: (given: string) => {
    const holds = make(given);
    return (value) => (typeof value === 'string' ? holds(value) : undefined);
  },
});

export const startsWith = onStrings('starts_with', 'a string', (start) => (value) => value.startsWith(start));
export const endsWith = onStrings('ends_with', 'a string', (end) => (value) => value.endsWith(end));
export const glob = onStrings('glob', 'a pattern with *', globMatcher);

/** Without `%` and `!`, by which mail was once sent on to other hosts. */
const ADDRESS = /^[^\s\p{C}@<>(),;:"\\[\]%!]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)$/u;

/** The part after the last @; the whole value must be one address. */
export const emailDomainIn: Operator = {
  name: 'email_domain_in',
  negative: false,
  operand: list(text('a domain'), { min: 1 }),
  problem: (domains: readonly string[]) => {
    const odd = domains.find((domain) => domain.includes('*') || canonicalHost(domain) === undefined);
    return odd === undefined ? undefined : `${JSON.stringify(odd)} must be a domain alone, without @ or *`;
  },
  prepare: (domains: readonly string[]) => {
    const known = new Set(domains.map(canonicalHost));
    return (value) => {
      if (typeof value !== 'string') return undefined;
      const match = ADDRESS.exec(value);
      // Encoded words and letters that become others (`＠`) hide an address from those that do not decode them.
      const isPlain = !value.includes('=?') && value === value.normalize('NFKC');
      return match === null || !isPlain ? undefined : known.has(match[1]!.toLowerCase());
    };
  },
};
