/** Every operator of the policy language (section 4), by the name it is written with. */
import { between } from './between.ts';
import { contains } from './contains.ts';
import { emailDomainIn } from './email-domain-in.ts';
import { endsWith } from './ends-with.ts';
import { eq } from './eq.ts';
import { exists } from './exists.ts';
import { glob } from './glob.ts';
import { gt } from './gt.ts';
import { gte } from './gte.ts';
import { oneOf } from './in.ts';
import { ipIn } from './ip-in.ts';
import { ipNotIn } from './ip-not-in.ts';
import { lengthGt } from './length-gt.ts';
import { lengthGte } from './length-gte.ts';
import { lengthLt } from './length-lt.ts';
import { lengthLte } from './length-lte.ts';
import { lt } from './lt.ts';
import { lte } from './lte.ts';
import { matchesSchema } from './matches-schema.ts';
import { neq } from './neq.ts';
import { notContains } from './not-contains.ts';
import { notIn } from './not-in.ts';
import { notRegex } from './not-regex.ts';
import { pathWithin } from './path-within.ts';
import { regex } from './regex.ts';
import { startsWith } from './starts-with.ts';
import { typeIs } from './type-is.ts';
import { urlHostIn } from './url-host-in.ts';
import { urlHostNotIn } from './url-host-not-in.ts';
import { urlSchemeIn } from './url-scheme-in.ts';
import { weekdayIn } from './weekday-in.ts';
import type { Operator } from './operator.ts';

export const OPERATORS = {
  eq,
  neq,
  in: oneOf,
  not_in: notIn,
  lt,
  lte,
  gt,
  gte,
  exists,
  contains,
  not_contains: notContains,
  regex,
  not_regex: notRegex,
  starts_with: startsWith,
  ends_with: endsWith,
  glob,
  length_lt: lengthLt,
  length_lte: lengthLte,
  length_gt: lengthGt,
  length_gte: lengthGte,
  type_is: typeIs,
  url_host_in: urlHostIn,
  url_host_not_in: urlHostNotIn,
  url_scheme_in: urlSchemeIn,
  ip_in: ipIn,
  ip_not_in: ipNotIn,
  path_within: pathWithin,
  email_domain_in: emailDomainIn,
  matches_schema: matchesSchema,
  between,
  weekday_in: weekdayIn,
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof OPERATORS;
export const OPERATOR_NAMES = Object.keys(OPERATORS) as OperatorName[];
