import { TOOL_CLASSES } from '../../../policy/index.ts';
import { SEVERITIES as CLASS_SEVERITY } from '../../classify/classify.ts';
import type { CatalogSize } from '../../library/types.ts';
import { section } from '../blocks/make.ts';
import type { Block } from '../blocks/types.ts';
import { categoryPath, riskPath } from '../page-paths.ts';
import { SEVERITIES } from '../words/severities.ts';

export function severityTable({ bySeverity }: CatalogSize): Block {
  const items = SEVERITIES.map((one) => ({
    label: one,
    href: riskPath(one),
    tone: one,
    count: bySeverity[one],
  }));
  return section('by-severity', 'Tools by severity', [{ kind: 'shares', label: 'Tools by severity', items }]);
}

export function classTable({ byClass }: CatalogSize): Block {
  const items = TOOL_CLASSES.toReversed().map((one) => ({
    label: one,
    href: categoryPath(one),
    tone: CLASS_SEVERITY[one],
    count: byClass[one],
  }));
  return section('by-class', 'Tools by class', [{ kind: 'shares', label: 'Tools by class', items }]);
}
