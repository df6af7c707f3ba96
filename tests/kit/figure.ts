/** A number that a suite measured, for the report of the suite: `reports/figures/<suite>/<name>.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './folders.ts';

export function figure(suite: string, name: string, value: number): void {
  const folder = join(ROOT, 'reports', 'figures', suite);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name.replaceAll(/\W+/g, '-')}.json`), JSON.stringify({ name, value }));
}
