import { lengthComparison } from './length-comparison.ts';

export const lengthLt = lengthComparison('less than', (length, bound) => length < bound);
