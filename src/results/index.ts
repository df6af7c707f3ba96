export { approvalRequired, toolDenial, toolFailure, unknownTool } from './denials.ts';
export { filterList, type FilteredList, type ListElement, type ListMember } from './filter-list.ts';
export { redactAside } from './redact-aside.ts';
export { applyResultRules } from './result-rules.ts';
export { isSecretName, SECRETS } from './patterns.ts';
