import { lengthComparison } from './length-comparison.ts';

export const lengthGt = lengthComparison('more than', (length, bound) => length > bound);
