/** Loaded when asked for: the catalogue's recommendation for the tools as they are. */
import { printPolicy, recommendServer } from '../../../../src/catalog/recommend/recommend.ts';
import type { Assessment } from '../../../../src/catalog/types.ts';
import type { Tool } from '../../api/types.ts';

export function recommendedText(tools: readonly Tool[]): string {
  const assessed = tools.map((tool) => ({
    definition: tool.definition as never,
    assessment: {
      ...tool.assessment,
      class: tool.class,
      classes: tool.classes,
      severity: tool.severity,
    } as Assessment,
  }));
  return `${printPolicy(recommendServer(assessed))}\n`;
}
