import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { checkHeaders, checkParamHeaders, eraOf, modernHeaders, readMessage } from '../index.ts';
import type { Message, RequestMessage } from '../index.ts';

const META = 'io.modelcontextprotocol/protocolVersion';
const request = (method: string, params: object, version?: unknown): Message =>
  readMessage(
    Buffer.from(
      JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method,
        params: version === undefined ? params : { ...params, _meta: { [META]: version } },
      }),
    ),
  ) as Message;
type Headers = Record<string, string | undefined>;
const refused = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the era of a message', () => {
  it('is said by its body', () => {
    expect(eraOf(request('tools/list', {}, '2026-07-28'), {})).toEqual({
      era: 'modern',
      version: '2026-07-28',
    });
    expect(eraOf(request('tools/list', {}), { 'mcp-protocol-version': '2025-06-18' })).toEqual({
      era: 'legacy',
      version: '2025-06-18',
    });
    expect(eraOf(request('server/discover', {}), {}).era).toBe('modern');
  });

  it.each(['2025-11-25', '2027-01-01', 20260728, null, {}])('is refused when it is %s', (version) => {
    expect(refused(() => eraOf(request('tools/list', {}, version), {}))).toBe('PC_PROTOCOL_VERSION');
  });
});

describe('standard headers', () => {
  const all = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'wörk' };
  const encoded = `=?base64?${Buffer.from('wörk').toString('base64')}?=`;
  it.each<[string, Headers, boolean]>([
    ['all there', { ...all, 'mcp-name': encoded }, true],
    ['the name unencoded but equal', all, true],
    ['no version', { ...all, 'mcp-protocol-version': undefined }, false],
    ['another version', { ...all, 'mcp-protocol-version': '2025-11-25' }, false],
    ['no method', { ...all, 'mcp-method': undefined }, false],
    ['another method', { ...all, 'mcp-method': 'tools/list' }, false],
    ['a method in other case', { ...all, 'mcp-method': 'Tools/Call' }, false],
    ['no name', { ...all, 'mcp-name': undefined }, false],
    ['another name', { ...all, 'mcp-name': 'safe' }, false],
    ['a name that is not Base64', { ...all, 'mcp-name': '=?base64?w*rk?=' }, false],
    ['a name that is not UTF-8', { ...all, 'mcp-name': '=?base64?/w==?=' }, false],
    ['two names', { ...all, 'mcp-name': `${encoded}, safe` }, false],
  ])('of the modern era with %s', (_, headers, passes) => {
    const message = request('tools/call', { name: 'wörk' }, '2026-07-28');
    expect(refused(() => checkHeaders(message, headers, 'modern'))).toBe(
      passes ? undefined : 'PC_HEADER_MISMATCH',
    );
  });

  it.each([
    ['Base64 with a foreign character', 'safe', '=?base64?c2Fm*ZQ==?='],
    ['Base64 with stray bits', 'safe', '=?base64?c2FmZR==?='],
    ['bytes that are not UTF-8', '\ufffd', '=?base64?/w==?='],
    ['the marks in upper case', 'safe', '=?BASE64?c2FmZQ==?='],
    ['marks that overlap', '', '=?base64?='],
  ])('are not decoded leniently: %s', (_, name, header) => {
    const headers = { ...all, 'mcp-method': 'resources/read', 'mcp-name': header };
    const message = request('resources/read', { uri: name || 'x' }, '2026-07-28');
    expect(refused(() => checkHeaders(message, headers, 'modern'))).toBe('PC_HEADER_MISMATCH');
  });

  it('that cannot be decoded agree with nothing, not even with a name that is absent', () => {
    const bytes = Buffer.alloc(0);
    const message: Message = { kind: 'notification', bytes, method: 'prompts/get', params: undefined };
    expect(refused(() => checkHeaders(message, { 'mcp-name': '=?base64?!?=' }, 'legacy'))).toBe(
      'PC_HEADER_MISMATCH',
    );
  });

  it.each<[string, Headers, boolean]>([
    ['none', {}, true],
    ['the right ones', { 'mcp-method': 'tools/call', 'mcp-name': 'x' }, true],
    ['another method', { 'mcp-method': 'tools/list' }, false],
    ['another name', { 'mcp-name': 'safe' }, false],
    ['an undecodable name', { 'mcp-name': '=?base64?!?=' }, false],
  ])('of the legacy era with %s', (_, headers, passes) => {
    expect(refused(() => checkHeaders(request('tools/call', { name: 'x' }), headers, 'legacy'))).toBe(
      passes ? undefined : 'PC_HEADER_MISMATCH',
    );
  });

  it.each([
    ['resources/read', { uri: 'file:///a' }, 'file:///a'],
    ['prompts/get', { name: 'p' }, 'p'],
    ['tasks/get', { taskId: 't1' }, 't1'],
    ['tools/call', { name: '=?base64?literal?=' }, '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
    ['tools/call', { name: ' padded ' }, '=?base64?IHBhZGRlZCA=?='],
  ])('are made from the body so that they pass: %s %j', (method, params, name) => {
    const message = request(method, params, '2026-07-28') as RequestMessage;
    const headers = modernHeaders(message)!;
    expect(headers['mcp-name']).toBe(name);
    expect(refused(() => checkHeaders(message, headers, 'modern'))).toBeUndefined();
  });
});

describe('headers of arguments', () => {
  const schema: JsonObject = {
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      count: { type: 'integer', 'x-mcp-header': 'Count' },
      flag: { type: 'boolean', 'x-mcp-header': 'Flag' },
      deep: { properties: { zone: { type: 'string', 'x-mcp-header': 'Zone' } } },
      listed: { items: { properties: { a: { 'x-mcp-header': 'Listed' } } } },
      broken: { 'x-mcp-header': 'Not A Token' },
    },
  };
  const args: JsonObject = {
    region: 'eu',
    count: 42,
    flag: false,
    deep: { zone: 'ä' },
    listed: [{ a: 'x' }],
    broken: 'b',
  };
  const right = {
    'mcp-param-region': 'eu',
    'mcp-param-count': '42',
    'mcp-param-flag': 'false',
    'mcp-param-zone': '=?base64?w6Q=?=',
  };

  it('are made for what is annotated and reachable', () => {
    const message = request('tools/call', { name: 't', arguments: args }, '2026-07-28') as RequestMessage;
    const {
      'mcp-method': method,
      'mcp-name': name,
      'mcp-protocol-version': version,
      ...made
    } = modernHeaders(message, schema)!;
    expect([method, name, version]).toEqual(['tools/call', 't', '2026-07-28']);
    expect(made).toEqual(right);
  });

  it.each<[string, JsonObject, Headers, boolean]>([
    ['all right', args, right, true],
    ['a number spelled otherwise', args, { ...right, 'mcp-param-count': '42.0' }, true],
    ['a missing one', args, { ...right, 'mcp-param-region': undefined }, false],
    ['a wrong one', args, { ...right, 'mcp-param-region': 'us' }, false],
    ['a wrong number', args, { ...right, 'mcp-param-count': '0x2a' }, false],
    ['a wrong nested one', args, { ...right, 'mcp-param-zone': 'a' }, false],
    ['one for an argument that is absent', {}, { 'mcp-param-region': 'eu' }, false],
    ['one for an argument that is null', { region: null }, { 'mcp-param-region': 'null' }, false],
    ['none for arguments that are absent or null', { region: null }, {}, true],
    ['one that no annotation names', {}, { 'mcp-param-listed': 'x', 'mcp-param-other': 'y' }, true],
  ])('are compared: %s', (_, given, headers, passes) => {
    expect(refused(() => checkParamHeaders(schema, given, headers))).toBe(
      passes ? undefined : 'PC_HEADER_MISMATCH',
    );
  });
});
