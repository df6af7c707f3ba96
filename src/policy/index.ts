export { parsePolicy, checkPolicy, type ParseOptions, type PolicyParse } from './parse-policy.ts';
export type { Note } from './normalise.ts';
export type { Condition, Limit, PolicyDocument, Rule, ToolRules } from './document.ts';
export { policyJsonSchema } from './json-schema.ts';
export { compilePolicy, type CompiledPolicy } from './compile-policy.ts';
export {
  decidePrompt,
  decideResource,
  evaluate,
  isListed,
  resultRules,
  type EvaluateOptions,
} from './evaluate.ts';
export { Pace } from './code/pace.ts';
export { judgeCode, MOST_CODE_BYTES } from './code/judge-code.ts';
export { parseCodeRules } from './code/parse-rules.ts';
export type { CodeRules, CodeVerdict, CodeVerdicts, Objection } from './code/types.ts';
export { diffPolicies, type PolicyChange } from './diff-policies.ts';
export { stanceOf, type Stance } from './stance.ts';
export { limitMessage } from './limit-message.ts';
export { explain } from './explain.ts';
export { lintPolicy, type LintTool } from './lint.ts';
export { importIntercept, type Imported } from './import-intercept.ts';
export { OPERATORS, type Operator } from './operators/index.ts';
export { mayActTwice } from './unknown-outcome.ts';
export { TOOL_CLASSES } from './types.ts';
export type {
  CallFacts,
  ConcurrentReservation,
  EarlierCall,
  LimitAlgorithm,
  LimitPeek,
  LimitRefusal,
  LimitScope,
  LimitWindow,
  Reservation,
  ResultRules,
  Step,
  ToolClass,
  ToolFacts,
  Verdict,
  WindowReservation,
} from './types.ts';
