import { textOperator } from './text-operator.ts';

export const endsWith = textOperator('ends with', 'The string ends with the given one.', (wanted) => (text) => text.endsWith(wanted));
