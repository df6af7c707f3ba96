import { classify } from '../classify/classify.ts';
import type { ServerWords, ToolDefinition } from '../types.ts';
import type { AssessedTool } from './recommend.ts';

/** All tools of one server, each read with the others as its context. */
export function assessTools(
  definitions: readonly ToolDefinition[],
  server?: string | ServerWords,
): readonly AssessedTool[] {
  return definitions.map((definition) => ({
    definition,
    assessment: classify(definition, { server, siblings: definitions }),
  }));
}
