import { RULES, type RuleId } from './rules.ts';
import { shown } from './shown.ts';
import type { Finding, ScanSeverity, SourcePlace } from './types.ts';

export interface FindingParts {
  /** When it differs from the rule's usual one. */
  readonly severity?: ScanSeverity | undefined;
  /** When the rule's own says too little. */
  readonly remedy?: string | undefined;
  readonly source?: SourcePlace | undefined;
}

/** @param place foreign names in it are made fit to be shown, as is the evidence */
export function makeFinding(id: RuleId, place: string, evidence: string, parts: FindingParts = {}): Finding {
  const { title, severity, remedy } = RULES[id];
  return {
    id,
    severity: parts.severity ?? severity,
    title,
    evidence: shown(evidence, 240),
    place: shown(place),
    remedy: parts.remedy ?? remedy,
    ...(parts.source !== undefined && { source: parts.source }),
  };
}
