import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

describe('a policy in JSON', () => {
  it('may hold comments, also before the first brace', () => {
    const text = '// who: payments\n{ "version": "1", /* closed */ "default": "deny" }';
    expect(parsePolicy(text)).toMatchObject({ ok: true, document: { version: '1', default: 'deny' } });
  });

  it('keeps places of problems behind comments, and slashes in strings', () => {
    const parsed = parsePolicy('{ "version": "1", /* a\n b */ "default": "http://x" }');
    expect(parsed).toMatchObject({ ok: false, problems: [{ pointer: '/default', line: 2 }] });
  });
});
