/** From bytes to verdict: a call that is spelled otherwise gets the same verdict, and one that is let through does what the policy allows. */
import type { JsonObject } from '../../../src/json.ts';
import { compilePolicy, evaluate, parsePolicy } from '../../../src/policy/index.ts';
import { readMessage } from '../../../src/wire/index.ts';
import type { Target } from '../target.ts';
import { POLICY } from '../../bypass/policy.ts';
import { onlyKnownErrors } from './only-known-errors.ts';

const parsed = parsePolicy(JSON.stringify(POLICY));
if (!parsed.ok) throw new Error('the policy of the corpus is not valid');
const compiled = compilePolicy(parsed.document);

export const verdict: Target = {
  name: 'verdict',
  sources: /\/src\/(wire|policy)\//,
  seeds: ['safe', 'guarded', 'bounded', 'forbidden'].map(
    (name) =>
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name}","arguments":{"mode":"calm","amount":7}}}`,
  ),
  tokens: [
    '"name":"forbidden",',
    '"Name":"forbidden",',
    '"n\\u0061me":',
    '"mode":"danger",',
    '"MODE":"danger",',
    '"arguments":{"mode":"danger"},',
    '"amount":1e3,',
    '"amount":101,',
    '1e2',
    '100.0000000000000001',
    '-0',
    '9007199254740993',
    '"danger"',
    '"d\\u0061nger"',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    '\\',
    '\u0000',
    '__proto__',
    '"__proto__":{"mode":"danger"},',
  ],
  check: (input) => {
    const read = onlyKnownErrors(() => readMessage(input));
    if ('code' in read || read.value.kind !== 'request' || read.value.method !== 'tools/call') return;
    const { name, arguments: args = {} } = read.value.params ?? {};
    const outcome = judge(String(name), args as JsonObject);
    const upstream = JSON.parse(input.toString('utf8')) as Called;
    if (outcome === 'allow' && !mayPass(upstream.params)) throw new Error('the policy was passed');
    const respelled = onlyKnownErrors(() => readMessage(Buffer.from(respell(upstream))));
    if ('code' in respelled || respelled.value.kind !== 'request')
      throw new Error('another spelling of the same call is refused');
    const { arguments: same = {} } = respelled.value.params ?? {};
    if (holdsExact(input)) return;
    if (judge(String(name), same as JsonObject) !== outcome)
      throw new Error('another spelling gets another verdict');
  },
};

interface Called {
  readonly params: { readonly name: unknown; readonly arguments?: Record<string, unknown> };
}

function judge(name: string, args: JsonObject): string {
  const facts = {
    tool: { name, classes: ['Execute'] as const, class: 'Execute' as const },
    args,
    grant: { label: 'grant', tags: [] },
    client: {},
    now: 0,
    hasSession: false,
  };
  return evaluate(compiled, facts, () => undefined).outcome;
}

/** The policy once more, in plain words, over what the server reads. */
function mayPass({ name, arguments: args = {} }: Called['params']): boolean {
  if (name === 'safe') return true;
  if (name === 'guarded') return args['mode'] !== 'danger';
  return name === 'bounded' && typeof args['amount'] === 'number' && args['amount'] <= 100;
}

/** The same JSON with other white space and every letter of every string escaped. */
function respell(message: unknown): string {
  return JSON.stringify(message, null, 1).replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replaceAll(/\\.|[a-z]/g, (piece) =>
      piece.length === 1 ? `\\u${piece.charCodeAt(0).toString(16).padStart(4, '0')}` : piece,
    ),
  );
}

/** A number that a double cannot hold does not survive JSON.parse; its verdict is that it cannot be judged. */
const holdsExact = (input: Buffer): boolean => /\d{15}|\de|\dE/.test(input.toString('utf8'));
