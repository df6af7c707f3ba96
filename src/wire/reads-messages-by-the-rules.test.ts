import { describe, expect, it } from 'vitest';
import { readMessage, refusedId } from './index.ts';

const call = (params: string): string => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;
const code = (body: string): string => {
  try {
    return readMessage(Buffer.from(body)).kind;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('envelopes', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"ping"}', 'request'],
    ['{"jsonrpc":"2.0","id":"","method":"ping","extra":[1]}', 'request'],
    ['{"jsonrpc":"2.0","id":-9007199254740991,"method":"ping"}', 'request'],
    ['{"jsonrpc":"2.0","method":"notifications/initialized"}', 'notification'],
    ['{"jsonrpc":"2.0","id":1,"result":{}}', 'response'],
    ['{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}', 'response'],
    ['{"jsonrpc":"1.0","id":1,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":2.0,"id":1,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"id":1,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":9007199254740992,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":true,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":["ping"]}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","error":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"result":{},"error":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","result":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"Method":"ping","result":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","paramſ":{}}', 'PC_MESSAGE_INVALID'],
    ['{"jsonrpc":"2.0","ıd":1,"method":"ping"}', 'PC_MESSAGE_INVALID'],
    ['"ping"', 'PC_MESSAGE_INVALID'],
    ['[]', 'PC_MESSAGE_INVALID'],
    ['[[]]', 'PC_MESSAGE_INVALID'],
    ['[[{"jsonrpc":"2.0","id":1,"method":"ping"}]]', 'PC_MESSAGE_INVALID'],
    ['[{"jsonrpc":"2.0","id":1,"method":"ping"},1]', 'PC_MESSAGE_INVALID'],
    ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', 'batch'],
    ['[{"jsonrpc":"2.0","method":"tools/call","params":{"name":"x"}}]', 'PC_CALL_WITHOUT_ID'],
  ])('%s is %s', (body, expected) => {
    expect(code(body)).toBe(expected);
  });
});

describe('params', () => {
  it.each([
    [call('{"name":"t"}'), 'request'],
    [call('{"name":"t","arguments":{},"unknown":1}'), 'request'],
    [call('[]'), 'PC_PARAMS_INVALID'],
    [call('null'), 'PC_PARAMS_INVALID'],
    [call('{}'), 'PC_PARAMS_INVALID'],
    [call('{"name":""}'), 'PC_PARAMS_INVALID'],
    [call('{"name":1}'), 'PC_PARAMS_INVALID'],
    [call('{"name":"t","arguments":null}'), 'PC_PARAMS_INVALID'],
    [call('{"name":"t","arguments":[]}'), 'PC_PARAMS_INVALID'],
    [call('{"name":"t","arguments":"{}"}'), 'PC_PARAMS_INVALID'],
    [call('{"name":"t","_meta":1}'), 'PC_PARAMS_INVALID'],
    ...['Arguments', '_META', 'TASK', 'Uri', 'inputresponses', 'requestſtate'].map((name) => [
      call(`{"name":"t","${name}":{}}`),
      'PC_PARAMS_INVALID',
    ]),
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call"}', 'PC_PARAMS_INVALID'],
    ['{"jsonrpc":"2.0","method":"tools/call","params":{"name":"t"}}', 'PC_CALL_WITHOUT_ID'],
    ['{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":7}}', 'PC_PARAMS_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{}}', 'PC_PARAMS_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":[]}}', 'PC_PARAMS_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"resources/unsubscribe","params":{"uri":7}}', 'PC_PARAMS_INVALID'],
    ['{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":"x"}}', 'PC_PARAMS_INVALID'],
  ])('%s: %s', (body, expected) => {
    expect(code(body!)).toBe(expected);
  });

  it('differ in case only where a server asked for it, in batches too', () => {
    const batch = Buffer.from(`[${call('{"name":"t","arguments":{"a":1,"A":{"b":1,"B":2}}}')}]`);
    expect(readMessage(batch, { caseSensitiveArguments: true })).toMatchObject({ kind: 'batch' });
    expect(() => readMessage(batch)).toThrow(expect.objectContaining({ code: 'PC_JSON_CASE_COLLISION' }));
    const elsewhere = Buffer.from(`[${call('{"name":"t","x":[{"params":{"arguments":{"a":1,"A":2}}}]}')}]`);
    expect(() => readMessage(elsewhere, { caseSensitiveArguments: true })).toThrow(
      expect.objectContaining({ code: 'PC_JSON_CASE_COLLISION' }),
    );
  });

  it('say in bytes where an error stands', () => {
    expect(() => readMessage(Buffer.from('{"é":"😀",}'))).toThrow(
      expect.objectContaining({ parameters: expect.objectContaining({ offset: 13 }) }),
    );
  });
});

describe('what was refused', () => {
  it.each([
    [call('[]'), '1'],
    [call('{"name":1}').replace('"id":1', '"id":"\\u0061"'), '"\\u0061"'],
    [call('[]').replace('"id":1,', ''), undefined],
    [call('[]').replace('"id":1', '"id":[1]'), undefined],
    [`[${call('[]')}]`, undefined],
    ['{"jsonrpc":"1.0","id":1,"method":"ping"}', undefined],
  ])('%s has the id %s', (body, text) => {
    let refused: unknown;
    try {
      readMessage(Buffer.from(body));
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(Error);
    expect(refusedId(refused)?.text).toBe(text);
  });
});
