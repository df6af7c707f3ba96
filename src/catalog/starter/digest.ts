/** SHA-256 of the bundled index as it is imported; `knows-its-bundle.test.ts` says what it must be. */
export const STARTER_DIGEST = '0a9e383e35119dc8aa21cceadb535ac79519a70061d87f83baf3e8929a6ec8ca';
