import { lengthComparison } from './length-comparison.ts';

export const lengthGte = lengthComparison('at least', (length, bound) => length >= bound);
