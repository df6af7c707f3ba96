/** Random bodies: valid calls, valid calls damaged in their text, and JSON of any shape. */
import fc from 'fast-check';

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('safe', 'guarded', 'bounded', 'forbidden') },
  { weight: 1, arbitrary: fc.string() },
);
const mode = fc.oneof(fc.constantFrom('danger', 'calm', 'Danger'), fc.jsonValue());
const amount = fc.oneof(fc.integer({ min: -200, max: 200 }), fc.double(), fc.jsonValue());
const args = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ mode, amount, note: fc.jsonValue() }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant('tools/call') },
  { weight: 1, arbitrary: fc.constantFrom('ping', 'tools/list', 'tasks/get', 'prompts/get') },
  { weight: 1, arbitrary: fc.string() },
);
const id = fc.oneof({ weight: 8, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.jsonValue() });

const call = fc
  .record({ id, method, name, args })
  .map(({ id: callId, method: called, name: tool, args: given }) =>
    JSON.stringify({
      jsonrpc: '2.0',
      id: callId,
      method: called,
      params: { name: tool, arguments: given },
    }),
  );

/** Pieces that parsers disagree about. */
const PIECES = [
  '"name":"forbidden",',
  '"Name":"forbidden",',
  '"n\\u0061me":"forbidden",',
  '"mode":"danger",',
  '"MODE":"danger",',
  '"arguments":{"mode":"danger"},',
  '"method":"tools/call",',
  '"amount":1e3,',
  '"amount":101,',
  '\u0000',
  '\ufeff',
  '\\',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  '/**/',
  '1e999',
  '-0',
  '\ud83d\ude00',
];

interface Damage {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
  put: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
  ),
});

/** Behind a comma or an opening brace a piece is most likely to be read, so half of the damage is moved there. */
function apply(text: string, { at, cut, put }: Damage): string {
  const anywhere = Math.floor(at * text.length);
  const places = [...text.matchAll(/[{,]/g)].map(({ index }) => index + 1);
  const place = put.endsWith(',') ? (places[Math.floor(at * places.length)] ?? anywhere) : anywhere;
  return text.slice(0, place) + put + text.slice(place + cut);
}

const damaged = fc
  .tuple(call, fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([text, damages]) => damages.reduce(apply, text));

export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: call },
  { weight: 5, arbitrary: damaged },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: call.map((text) => `[${text}]`) },
);
