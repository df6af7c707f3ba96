/** The founding policies, as they stand on their pages. */
import { readFileSync } from 'node:fs';

export function seedPolicy(name: 'orgo' | 'codeforge'): object {
  return JSON.parse(readFileSync(new URL(`${name}.policy.json`, import.meta.url), 'utf8')) as object;
}
