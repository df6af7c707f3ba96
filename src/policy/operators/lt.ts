import { comparison } from './comparison.ts';

export const lt = comparison('less than', (left, right) => left < right);
