import { comparison } from './comparison.ts';

export const gte = comparison('at least', (left, right) => left >= right);
