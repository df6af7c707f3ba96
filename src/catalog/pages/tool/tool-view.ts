import type { JsonObject } from '../../../json.ts';
import { SEVERITIES } from '../../classify/classify.ts';
import type { CatalogServer, CatalogTool } from '../../library/types.ts';
import type { Assessment, ToolDefinition } from '../../types.ts';
import { cleanText } from '../clean-text.ts';
import { serverNoun, serverTitle } from '../words/server-name.ts';

/** A tool as its page shows it: an operator's class wins, and what is not known of the definition is made from what is. */
export interface ToolView {
  readonly server: CatalogServer;
  readonly tool: CatalogTool;
  /** As it is shown: nothing invisible, bounded. */
  readonly name: string;
  readonly serverTitle: string;
  readonly serverNoun: string;
  readonly assessment: Assessment;
  readonly definition: ToolDefinition;
}

export function toolView(server: CatalogServer, tool: CatalogTool): ToolView {
  return {
    server,
    tool,
    name: cleanText(tool.name, 72) || '(blank)',
    serverTitle: serverTitle(server),
    serverNoun: serverNoun(server),
    assessment: judged(tool),
    definition: tool.definition ?? definitionOf(tool),
  };
}

/** The assessment with an operator's class, when there is one. */
export function judged({
  assessment,
  classOverride,
}: Pick<CatalogTool, 'assessment' | 'classOverride'>): Assessment {
  if (classOverride === null || classOverride === assessment.class) return assessment;
  const classes = assessment.classes.includes(classOverride) ? assessment.classes : [classOverride];
  return { ...assessment, class: classOverride, classes, severity: SEVERITIES[classOverride] };
}

/** The starter index keeps names and types of parameters only. */
function definitionOf({ name, parameters }: CatalogTool): ToolDefinition {
  const properties: JsonObject = Object.fromEntries(parameters.map((one) => [one.name, { type: one.type }]));
  const required = parameters.filter((one) => one.required).map((one) => one.name);
  return { name, inputSchema: { type: 'object', properties, required } };
}
