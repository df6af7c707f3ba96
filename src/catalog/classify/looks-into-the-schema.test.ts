import { expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { classify } from './classify.ts';

const taking = (properties: JsonObject, name = 'zorp') =>
  classify({ name, inputSchema: { type: 'object', properties } });
const text = { type: 'string' };

it.each([
  ['code', text, 'accepts-code'],
  ['pythonScript', text, 'accepts-code'],
  ['sql', text, 'accepts-sql'],
  ['query', { type: 'string', description: 'a SELECT in SQL' }, 'accepts-sql'],
  ['command', text, 'accepts-shell'],
  ['callback_url', text, 'accepts-url'],
  ['link', { type: 'string', format: 'uri' }, 'accepts-url'],
  ['file_path', text, 'accepts-path'],
  ['apiKey', text, 'accepts-credential'],
  ['access_token', text, 'accepts-credential'],
  ['html', text, 'accepts-html'],
  ['ids', { type: 'array', items: text }, 'bulk'],
  ['recipients', { type: 'array', items: text }, 'sends-data-out'],
  ['max_price', { type: 'number' }, 'costs-money'],
  ['amount', { type: 'number', description: 'in cents' }, 'costs-money'],
])('%s: %j is %s', (name, schema, signal) => {
  const said = taking({ [name]: schema });
  expect(said.signals).toContain(signal);
  expect(said.evidence).toContainEqual({
    place: `inputSchema.properties.${name}`,
    words: name,
    says: signal,
    weight: 0.8,
  });
});

it.each([
  ['country_code', text],
  ['error_code', text],
  ['page_token', text],
  ['next_token', text],
  ['amount', { type: 'integer', description: 'how many lines' }],
  ['command', { type: 'string', enum: ['up', 'down'] }],
  ['to', { type: 'string', description: 'last day of the range' }],
])('%s: %j is nothing', (name, schema) => {
  expect(taking({ [name]: schema }).signals).toEqual([]);
});

it('free code, SQL or commands make an unclear tool Execute', () => {
  for (const name of ['code', 'sql', 'command']) expect(taking({ [name]: text }).class).toBe('Execute');
});

it('code that is searched or stored is not run', () => {
  expect(taking({ code: text }, 'search_code').class).toBe('Read');
  expect(taking({ code: text }, 'create_snippet').class).toBe('Write');
});

it('the gravest action on offer counts', () => {
  const offering = (...actions: string[]) =>
    taking({ action: { type: 'string', enum: actions } }, 'records').class;
  expect(offering('list', 'get')).toBe('Read');
  expect(offering('list', 'create')).toBe('Write');
  expect(offering('list', 'create', 'restart')).toBe('Execute');
  expect(offering('list', 'delete', 'create')).toBe('Destructive');
  expect(offering('get', 'refund')).toBe('Financial');
});

it('reads actions from oneOf constants and from a description in quotes', () => {
  const action = { oneOf: [{ const: 'get' }, { const: 'purge' }] };
  expect(taking({ action }).class).toBe('Destructive');
  expect(taking({ action: { type: 'string', description: 'one of `get`, `delete`' } }).class).toBe(
    'Destructive',
  );
});

it('a request with any HTTP method is Execute', () => {
  expect(taking({ method: { type: 'string', enum: ['GET', 'POST', 'DELETE'] }, url: text }).class).toBe(
    'Execute',
  );
});

it('a budget is money that the call may spend', () => {
  expect(taking({ question: text, budget_usd: { type: 'number' } }, 'ask_person')).toMatchObject({
    class: 'Financial',
    signals: ['costs-money'],
  });
});
