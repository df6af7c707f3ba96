export { classify } from './classify/classify.ts';
export { recommend, recommendServer, printPolicy, type AssessedTool } from './recommend/recommend.ts';
export { argumentRules, type ArgumentRule } from './recommend/argument-rules.ts';
export type { Strength } from './recommend/base-rules.ts';
export { SIGNALS } from './types.ts';
export type {
  Assessment,
  ClassifyContext,
  Evidence,
  ServerWords,
  Severity,
  Signal,
  ToolDefinition,
} from './types.ts';
