import { lengthComparison } from './length-comparison.ts';

export const lengthLte = lengthComparison('at most', (length, bound) => length <= bound);
