import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERRORS } from '../../src/errors.ts';
import { ROOT } from '../kit/index.ts';

const WHO = {
  caller: 'whoever calls',
  owner: 'the owner of server, policy or grant',
  operator: 'the operator of the gateway',
};

function page(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, rpc, text, fixer }]) =>
      `| \`${code}\` | ${status} | ${rpc} | ${text.replaceAll('|', '\\|')} | ${WHO[fixer]} |`,
  );
  return [
    '# Errors',
    '',
    'Made from `src/errors.ts`; `UPDATE_DOCS=1 npm test -- tests/docs` writes it anew. A tool call that fails for a reason that is not',
    "the caller's is answered with a tool result (`isError`) that says the same.",
    '',
    '| code | HTTP status | JSON-RPC code | text | who can mend it |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

it('docs/errors.md lists every error as the program has it', () => {
  const path = join(ROOT, 'docs', 'errors.md');
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path, page());
  expect(readFileSync(path, 'utf8')).toBe(page());
});
