/** The organization of calls through `portcullis wrap`. The canary's calls are neither ours nor theirs. */
export const WRAPPED = 'local';
