import { comparison } from './comparison.ts';

export const gt = comparison('more than', (left, right) => left > right);
