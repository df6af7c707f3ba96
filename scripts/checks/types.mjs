/** TypeScript, strict, over everything that the two tsconfig.json name: the program, and the dashboard with the browser's types. */
import { problemsOf } from './tool.mjs';

export async function checkTypes() {
  const projects = ['.', 'web'];
  const problems = [];
  for (const project of projects)
    problems.push(...(await problemsOf('typescript/bin/tsc', ['-p', project, '--pretty', 'false'])));
  return problems;
}
