import type { ScanReport } from '../types.ts';

/** The whole report but the policies, which have an output of their own. */
export function reportJson(report: ScanReport): string {
  return JSON.stringify(report, (key, value: unknown) => (key === 'policy' ? undefined : value), 2);
}
