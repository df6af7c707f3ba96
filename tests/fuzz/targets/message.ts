/** Messages: what is forwarded is what came, and any parser reads the name and the arguments in it that were judged. */
import { readAnswer, readMessage, rewriteMember, type Message } from '../../../src/wire/index.ts';
import type { Target } from '../target.ts';
import { onlyKnownErrors } from './only-known-errors.ts';
import { sameValue } from './same-value.ts';

export const message: Target = {
  name: 'message',
  sources: /\/src\/wire\//,
  seeds: [
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"work","arguments":{"a":1},"_meta":{"progressToken":1}}}',
    '{"jsonrpc":"2.0","id":"x","method":"tools/list","params":{"cursor":""}}',
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}',
    '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"x"}],"isError":true}}',
    '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}',
    '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]',
  ],
  tokens: [
    '"id":',
    '"Id":',
    '"method":',
    '"METHOD":',
    '"params":',
    '"name":',
    '"Name":',
    '"arguments":',
    '"result":',
    '"error":',
    '"jsonrpc":"2.0",',
    'null',
    '"tools/call"',
    '"tools/list"',
    '\\u0061',
    '{',
    '}',
    '[',
    ']',
    ',',
    '1e3',
    '1.0',
    '-0',
    '"',
    '\\',
  ],
  check: (input) => {
    onlyKnownErrors(() => readAnswer(input));
    const read = onlyKnownErrors(() => readMessage(input));
    if ('code' in read) return;
    if (!read.value.bytes.equals(input)) throw new Error('the bytes to forward are not those that came');
    if (read.value.kind === 'batch') for (const one of read.value.messages) checkOne(one);
    else checkOne(read.value);
  },
};

function checkOne(judged: Message): void {
  const parsed = JSON.parse(judged.bytes.toString('utf8')) as Record<string, unknown>;
  if (judged.kind === 'response') {
    if ('method' in parsed) throw new Error('a response has a method');
    return;
  }
  if (judged.method !== parsed['method']) throw new Error('another method is read');
  if (judged.kind === 'request' && !Object.is(judged.id.value, parsed['id']))
    throw new Error('another id is read');
  if (judged.kind === 'notification' && 'id' in parsed) throw new Error('a notification has an id');
  if (judged.params !== undefined && !sameValue(judged.params, parsed['params']))
    throw new Error('other params are read');
  if (judged.params?.['name'] === undefined) return;
  const rewritten = rewriteMember(judged.bytes, ['params', 'name'], '"other"');
  const expected = { ...parsed, params: { ...(parsed['params'] as object), name: 'other' } };
  if (JSON.stringify(JSON.parse(rewritten.toString('utf8'))) !== JSON.stringify(expected))
    throw new Error('rewriting a name changes something else');
}
