export { classify } from './classify/classify.ts';
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
