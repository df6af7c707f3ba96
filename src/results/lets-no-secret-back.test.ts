import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyResultRules } from './index.ts';
import { redact } from './redact.ts';

const ID = { value: 7, text: '7' };
const BOTH = { redact: ['secrets', 'emails'] };
const filler = (length: number): string => 'aB3'.repeat(length).slice(0, length);

describe('secrets', () => {
  it.each([
    ['an AWS key', 'AKIAABCDEFGHIJKLMNOP'],
    ['a GitHub token', `ghp_${filler(36)}`],
    ['a long GitHub token', `github_pat_${filler(400)}`],
    ['a Slack token', `xoxb-${filler(40)}`],
    ['a Stripe key', `sk_live_${filler(24)}`],
    ['a key of OpenAI', `sk-proj-${filler(300)}`],
    ['a key of Anthropic', `sk-ant-api03-${filler(95)}`],
    ['a JSON Web Token', `eyJ${filler(20)}.eyJ${filler(3000)}.${filler(43)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${filler(64)}\n-----END RSA PRIVATE KEY-----`],
    ['a private key that was cut off', `-----BEGIN OPENSSH PRIVATE KEY-----\n${filler(64)}`],
    [
      'a PGP key',
      `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${filler(64)}\n-----END PGP PRIVATE KEY BLOCK-----`,
    ],
  ])('of the form of %s do not come back', (_, secret) => {
    for (const text of [secret, `before ${secret}`, `key: ${secret}`, `"${secret}"`]) {
      const clean = redact(text, ['secrets']);
      expect(clean).toContain('[redacted: ');
      expect(clean).not.toContain(filler(12));
    }
  });

  it.each([
    ['password=hunter2222', 'password=[redacted: secret]'],
    ['AWS_SECRET_ACCESS_KEY = a/b+cdefgh;', 'AWS_SECRET_ACCESS_KEY = [redacted: secret];'],
    ['{"password": "two words\\"!", "n": 1}', '{"password": "[redacted: secret]", "n": 1}'],
    ["api_key: 'it is long'", "api_key: '[redacted: secret]'"],
    ['password=[bracket', 'password=[redacted: secret]'],
    [`auth_token=ghp_${filler(36)}`, 'auth_token=[redacted: GitHub token]'],
    ['private_key="-----BEGIN PRIVATE KEY-----\nabc', 'private_key="[redacted: private key]'],
    ['my password is long', 'my password is long'],
    ['password: true', 'password: true'],
  ])('assigned in %j', (text, expected) => {
    expect(redact(text, ['secrets'])).toBe(expected);
  });

  it('are the values of members that are named so', () => {
    const bytes = Buffer.from(
      '{"id":7,"result":{"db_password" : "hunter2222","list":["hunter2222"],"n":1.0}}',
    );
    expect(applyResultRules(bytes, BOTH, 'legacy', ID).toString()).toBe(
      '{"id":7,"result":{"db_password" : "[redacted: secret]","list":["hunter2222"],"n":1.0}}',
    );
  });

  it.each(['jörg@example.com', 'a.b+c@mail.example.co.uk', 'x@exämple.de'])('addresses: %s', (address) => {
    expect(redact(`<${address}>`, ['emails'])).toBe('<[redacted: e-mail address]>');
    expect(redact(address, ['secrets'])).toBe(address);
  });

  it('are found behind escapes, and in errors', () => {
    const escaped = '{"id":7,"result":{"t":"p\\u0061ssword=hunter2222\\n"}}';
    expect(applyResultRules(Buffer.from(escaped), BOTH, 'legacy', ID).toString()).toBe(
      '{"id":7,"result":{"t":"password=[redacted: secret]\\n"}}',
    );
    const error = '{"id":7,"error":{"code":1,"message":"password=hunter2222","data":["a@b.example"]}}';
    expect(applyResultRules(Buffer.from(error), BOTH, 'legacy', ID).toString()).toBe(
      '{"id":7,"error":{"code":1,"message":"password=[redacted: secret]","data":["[redacted: e-mail address]"]}}',
    );
  });

  it.each([
    ['two results', '{"id":7,"result":{"t":"password=hunter2222"},"result":{}}'],
    ['a result in two spellings', '{"id":7,"result":{},"Result":{"t":"password=hunter2222"}}'],
    ['result and error', '{"id":7,"result":{},"error":{}}'],
    ['neither', '{"id":7}'],
    ['a broken string', '{"id":7,"result":{"t":"\\q password=hunter2222"}}'],
    ['no object', '[]'],
    ['no JSON', '{"id":7,"result":{"t":"password=hunter2222'],
  ])('do not come back in an answer with %s, because none does', (_, text) => {
    for (const rules of [BOTH, { redact: [], maxBytes: 10 }])
      if (rules.redact.length > 0 || !text.includes('\\q'))
        expect(() => applyResultRules(Buffer.from(text), rules, 'legacy', ID)).toThrow(
          expect.objectContaining({ code: 'PC_UPSTREAM_PROTOCOL' }),
        );
  });

  it('never change the shape', () => {
    const leaf = fc.constantFrom(
      'password=hunter2222',
      'a@b.example',
      'plain',
      '"',
      'é\n',
      `ghp_${filler(36)}`,
    );
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.integer(),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'text', 'password'), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    const shape = (any: unknown): unknown =>
      typeof any === 'string'
        ? ''
        : Array.isArray(any)
          ? any.map(shape)
          : typeof any === 'object' && any !== null
            ? Object.entries(any).map(([key, inner]) => [key, shape(inner)])
            : any;
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (structuredContent, indent) => {
        const text = JSON.stringify({ id: 7, result: { structuredContent } }, null, indent);
        const clean = applyResultRules(Buffer.from(text), BOTH, 'legacy', ID).toString();
        expect(clean).not.toMatch(/hunter2222|a@b|ghp_/);
        expect(shape(JSON.parse(clean))).toEqual(shape(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['a@', 'a', 'eyJ', '-----BEGIN PRIVATE KEY-----', 'password=', 'password="\\', 'sk-', 'a.b@c.'])(
    'cost linear time to look for in a text of %j',
    (piece) => {
      const text = piece.repeat(200_000 / piece.length);
      const started = process.cpuUsage();
      redact(text, ['secrets', 'emails']);
      expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
    },
  );
});
