import type { ToolClass } from '../api/types.ts';

export function classCounts(
  tools: readonly { readonly class: ToolClass }[],
): Partial<Record<ToolClass, number>> {
  const counts: Partial<Record<ToolClass, number>> = {};
  for (const tool of tools) counts[tool.class] = (counts[tool.class] ?? 0) + 1;
  return counts;
}
