export { createApi } from './create-api.ts';
export type { ApiOptions } from './options.ts';
export { VERSION } from './version.ts';
export { approvalDetail } from './approval-detail.ts';
export { showApproval } from './shapes/approval.ts';
export { showContactMessage } from './shapes/contact-message.ts';
export { showGrant } from './shapes/grant.ts';
export { showPolicy } from './shapes/policy.ts';
export { showServer } from './shapes/server.ts';
