import { makeFinding } from '../make-finding.ts';
import type { ScanText } from '../read-texts.ts';
import { around } from '../shown.ts';
import { SCAN_SEVERITIES, type Finding, type ScanSeverity } from '../types.ts';
import { CARRIER, CUES, NOTORIOUS } from './cues.ts';
import { placeOf } from './place-of.ts';

/** Orders, concealment, secrets, claims: what one text says to the model. */
export function checkWords(text: ScanText): Finding[] {
  if (text.isName) return checkParameterName(text);
  const found = new Map<string, { readonly severity: ScanSeverity; readonly evidence: string }>();
  for (const { id, severity, pattern } of CUES) {
    const match = pattern.exec(text.text);
    if (match === null || found.has(id)) continue;
    found.set(id, { severity, evidence: around(text.text, match.index, match.index + match[0].length) });
  }
  return [...found].map(([id, { severity, evidence }]) =>
    makeFinding(id as Finding['id'], placeOf(text), evidence, {
      severity: found.size > 1 ? worse(severity) : severity,
    }),
  );
}

function checkParameterName(text: ScanText): Finding[] {
  const name = snake(text.text);
  if (!text.place.includes('.properties.') || !CARRIER.test(name)) return [];
  const severity = NOTORIOUS.test(name) ? 'high' : 'medium';
  return [makeFinding('exfiltration-parameter', placeOf(text), text.text, { severity })];
}

function snake(name: string): string {
  return name
    .slice(0, 80)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]/g, '_')
    .toLowerCase();
}

function worse(severity: ScanSeverity): ScanSeverity {
  return SCAN_SEVERITIES[Math.min(SCAN_SEVERITIES.indexOf(severity) + 1, SCAN_SEVERITIES.length - 1)]!;
}
