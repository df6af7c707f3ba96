/** Which operators fit which argument, how they read, and what their value is edited with. */
import type { FieldKind } from './fields.ts';

export type ValueKind =
  | 'any'
  | 'anyList'
  | 'number'
  | 'between'
  | 'boolean'
  | 'text'
  | 'texts'
  | 'regex'
  | 'length'
  | 'type'
  | 'hosts'
  | 'schemes'
  | 'roots'
  | 'domains'
  | 'addresses'
  | 'weekdays'
  | 'json'
  | 'code';

interface OperatorLook {
  readonly reads: string;
  readonly value: ValueKind;
}

export const OPERATOR_LOOKS: Readonly<Record<string, OperatorLook>> = {
  eq: { reads: 'is', value: 'any' },
  neq: { reads: 'is not', value: 'any' },
  in: { reads: 'is one of', value: 'anyList' },
  not_in: { reads: 'is none of', value: 'anyList' },
  lt: { reads: 'is less than', value: 'number' },
  lte: { reads: 'is at most', value: 'number' },
  gt: { reads: 'is more than', value: 'number' },
  gte: { reads: 'is at least', value: 'number' },
  between: { reads: 'is between', value: 'between' },
  exists: { reads: 'is given', value: 'boolean' },
  contains: { reads: 'contains', value: 'any' },
  not_contains: { reads: 'does not contain', value: 'any' },
  regex: { reads: 'matches the pattern', value: 'regex' },
  not_regex: { reads: 'does not match the pattern', value: 'regex' },
  starts_with: { reads: 'starts with', value: 'text' },
  ends_with: { reads: 'ends with', value: 'text' },
  glob: { reads: 'fits (with *)', value: 'text' },
  length_lt: { reads: 'is shorter than', value: 'length' },
  length_lte: { reads: 'has a length of at most', value: 'length' },
  length_gt: { reads: 'is longer than', value: 'length' },
  length_gte: { reads: 'has a length of at least', value: 'length' },
  type_is: { reads: 'has the type', value: 'type' },
  url_host_in: { reads: 'is a URL on one of the hosts', value: 'hosts' },
  url_host_not_in: { reads: 'is a URL on none of the hosts', value: 'hosts' },
  url_scheme_in: { reads: 'is a URL with one of the schemes', value: 'schemes' },
  ip_in: { reads: 'is an address in', value: 'addresses' },
  ip_not_in: { reads: 'is no address in', value: 'addresses' },
  path_within: { reads: 'is a path within', value: 'roots' },
  email_domain_in: { reads: 'is an address at one of the domains', value: 'domains' },
  weekday_in: { reads: 'is on one of the days', value: 'weekdays' },
  matches_schema: { reads: 'fits the JSON Schema', value: 'json' },
  code_within: { reads: 'is code within', value: 'code' },
};

const TEXT = [
  'eq',
  'neq',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'glob',
  'regex',
];
const TEXT_MORE = ['not_regex', 'length_lte', 'length_gt', 'exists', 'code_within'];

const BY_KIND: Readonly<Record<FieldKind, readonly string[]>> = {
  enum: ['in', 'not_in', 'eq', 'neq', 'exists'],
  number: ['lte', 'lt', 'gte', 'gt', 'between', 'eq', 'neq', 'in', 'not_in', 'exists'],
  boolean: ['eq', 'exists'],
  text: [...TEXT, ...TEXT_MORE, 'ip_in', 'ip_not_in', 'url_host_in', 'path_within', 'email_domain_in'],
  url: ['url_host_in', 'url_host_not_in', 'url_scheme_in', ...TEXT, ...TEXT_MORE],
  path: ['path_within', ...TEXT, ...TEXT_MORE],
  email: ['email_domain_in', ...TEXT, ...TEXT_MORE],
  list: ['contains', 'not_contains', 'length_lte', 'length_lt', 'length_gt', 'length_gte', 'exists'],
  object: ['exists', 'matches_schema'],
  any: Object.keys(OPERATOR_LOOKS),
};

/** The operators that make sense for an argument, the likeliest first; one that is in use stays in the list. */
export function operatorsFor(kind: FieldKind, inUse?: string): readonly string[] {
  const names = BY_KIND[kind];
  return inUse === undefined || names.includes(inUse) ? names : [...names, inUse];
}

/** What a value starts as when its operator is chosen. @param values of an enum */
export function firstValue(operator: string, kind: FieldKind, values: readonly unknown[]): unknown {
  const value = OPERATOR_LOOKS[operator]?.value ?? 'any';
  if (value === 'any') return firstSingle(kind, values);
  const first: Readonly<Partial<Record<ValueKind, unknown>>> = {
    anyList: kind === 'number' ? [0] : values.slice(0, 1),
    number: 0,
    between: [0, 100],
    boolean: true,
    length: 1000,
    type: 'string',
    schemes: ['https'],
    hosts: ['example.com'],
    roots: ['/workspace'],
    domains: ['example.com'],
    addresses: ['10.0.0.0/8'],
    weekdays: ['monday'],
    json: {},
    code: { language: 'python' },
    regex: '^.*$',
  };
  return first[value] ?? '';
}

function firstSingle(kind: FieldKind, values: readonly unknown[]): unknown {
  if (kind === 'enum') return values[0];
  if (kind === 'boolean') return true;
  return kind === 'number' ? 0 : '';
}
