/** TypeScript, strict, over everything that tsconfig.json names. */
import { problemsOf } from './tool.mjs';

export const checkTypes = () => problemsOf('typescript/bin/tsc', ['-p', '.', '--pretty', 'false']);
