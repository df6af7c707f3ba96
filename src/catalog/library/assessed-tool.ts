import type { AssessedTool } from '../recommend/recommend.ts';
import { classOf, severityOf } from './facts.ts';
import type { CatalogTool } from './types.ts';

/** A tool as recommendations want it: an operator's override counts as the class. */
export function assessedTool(tool: CatalogTool): AssessedTool {
  return {
    definition: tool.definition ?? { name: tool.name },
    assessment: { ...tool.assessment, class: classOf(tool), severity: severityOf(tool) },
  };
}
