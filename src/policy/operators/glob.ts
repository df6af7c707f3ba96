import { compileGlob } from '../selectors/glob.ts';
import { textOperator } from './text-operator.ts';

export const glob = textOperator('has the form', 'The whole string has the given form, in which * stands for any run of characters.', compileGlob);
