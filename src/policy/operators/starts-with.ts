import { textOperator } from './text-operator.ts';

export const startsWith = textOperator('starts with', 'The string starts with the given one.', (wanted) => (text) => text.startsWith(wanted));
