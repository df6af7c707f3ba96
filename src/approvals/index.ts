export { ApprovalDesk, type DeskParts } from './desk.ts';
export { whyNot } from './admit-approver.ts';
export type { DiffLine } from './line-diff.ts';
export { makeLink, openLink, type OpenedLink } from './links.ts';
export { approvalSettings, setApprovalSettings, whoMay } from './settings.ts';
export { diffArguments, showArguments, type ArgumentDiff, type ShownArgument } from './show-arguments.ts';
export type { AnsweredApproval, Approver, ApprovalSettings, Asked, AskedCall, Decision } from './types.ts';
