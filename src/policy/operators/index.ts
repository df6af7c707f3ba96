/** Every operator there is, by name. */
import { codeWithin } from './code-within.ts';
import { eq, isIn, neq, notIn } from './equality.ts';
import { matchesSchema } from './matches-schema.ts';
import { ipIn, ipNotIn, urlHostIn, urlHostNotIn, urlSchemeIn } from './network.ts';
import type { Operator } from './operator.ts';
import { between, gt, gte, lt, lte, weekdayIn } from './order.ts';
import { pathWithin } from './path-within.ts';
import { exists, lengthGt, lengthGte, lengthLt, lengthLte, typeIs } from './size-and-type.ts';
import { contains, emailDomainIn, endsWith, glob, notContains, notRegex, regex, startsWith } from './text.ts';

export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    eq,
    neq,
    isIn,
    notIn,
    lt,
    lte,
    gt,
    gte,
    between,
    weekdayIn,
    exists,
    contains,
    notContains,
    regex,
    notRegex,
    startsWith,
    endsWith,
    glob,
    lengthLt,
    lengthLte,
    lengthGt,
    lengthGte,
    typeIs,
    urlHostIn,
    urlHostNotIn,
    urlSchemeIn,
    ipIn,
    ipNotIn,
    pathWithin,
    emailDomainIn,
    matchesSchema,
    codeWithin,
  ].map((operator) => [operator.name, operator]),
);
export type { Judge, Operator } from './operator.ts';
