import { comparison } from './comparison.ts';

export const lte = comparison('at most', (left, right) => left <= right);
