/** Catalogues as an attacker would publish them. */
import type { JsonObject } from '../../../json.ts';
import type { ToolDefinition } from '../../types.ts';
import type { SampleServer } from './memory-catalog.ts';

const MARKUP = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\`--></title></script><!--`;
/** Overrides of direction, a zero width space, a tag character, a bell, half a pair, a line separator. */
const UNSEEN = '\u202eevil\u202c\u2066x\u2069\u200b\u{e0041}\u0007\ud800\u2028';
const LINK =
  '[click](javascript:alert(1)) ![x](https://evil.example/pixel) <https://evil.example> | a | b |\n# Heading\n- item';

const text = { type: 'string' };

function deep(levels: number): JsonObject {
  let schema: JsonObject = text;
  for (let level = 0; level < levels; level++)
    schema = { type: 'object', properties: { [`p${level}`]: schema } };
  return schema;
}

const wide = Object.fromEntries(
  Array.from({ length: 3000 }, (_, index) => [
    `${MARKUP}${index}url`,
    { type: 'string', description: MARKUP.repeat(20) },
  ]),
);

const manyPaths = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [`${'"'.repeat(400)}${index}_file_path`, text]),
);

export const HOSTILE_TOOLS: readonly ToolDefinition[] = [
  {
    name: `delete_${MARKUP}`.slice(0, 100),
    title: MARKUP,
    description: MARKUP.repeat(3),
    inputSchema: { properties: { [MARKUP]: text } },
  },
  {
    name: `run_${UNSEEN.replace('\ud800', '')}x`,
    description: `${UNSEEN} Runs a program.${UNSEEN}`,
    inputSchema: { properties: { [`code${UNSEEN}`]: text } },
  },
  { name: 'send_long', description: 'Sends a "long" <b>mail</b> & more. '.repeat(300_000) },
  {
    name: 'execute_wide',
    description: LINK,
    inputSchema: { type: 'object', properties: wide, required: Object.keys(wide) },
  },
  { name: 'execute_deep', inputSchema: { type: 'object', properties: { tree: deep(2000) } } },
  { name: 'write_paths', inputSchema: { type: 'object', properties: manyPaths } },
  {
    name: 'get_quotes',
    description: '"'.repeat(100_000),
    title: '"'.repeat(1000),
    inputSchema: { properties: { ['"'.repeat(50_000)]: text } },
  },
  { name: '"'.repeat(128), description: '&'.repeat(5000) },
  { name: '漢'.repeat(128), description: '漢'.repeat(50_000) },
  { name: 'x'.repeat(100_000), description: 'Deletes.' },
  { name: '__proto__', description: 'Deletes.' },
  { name: 'constructor', description: 'toString', inputSchema: { properties: { hasOwnProperty: text } } },
  { name: '..', description: 'up' },
  {
    name: 'מחק_קובץ',
    title: 'مرحبا',
    description: 'שלום עולם. מוחק קבצים.',
    inputSchema: { properties: { נתיב: text, קוד: { ...text, description: 'קוד להרצה' } } },
  },
  { name: 'a/b?c#d%2Fe', description: 'Deletes a thing.' },
  { name: 'notes.md', description: 'Reads notes.' },
  { name: 'half\ud800', description: 'half\ud800' },
  { name: 'odd', description: 5, title: {}, inputSchema: 'none' } as unknown as ToolDefinition,
];

export const HOSTILE: SampleServer = {
  slug: 'hostile',
  title: `${MARKUP}${UNSEEN} MCP Server`,
  description: `${MARKUP}\n\n${UNSEEN}${LINK}`.repeat(2000),
  version: MARKUP,
  language: MARKUP,
  packages: [
    { registry: 'npm', name: 'x; rm -rf ~', version: '$(id)' },
    { registry: 'npm', name: 'fine', version: '`id`' },
    { registry: 'constructor', name: MARKUP, version: null },
  ],
  remotes: [
    { type: 'http', url: 'javascript:alert(1)' },
    { type: 'http', url: "https://evil.example/';id;'" },
  ],
  homepage: 'javascript:alert(1)',
  repository: 'https://user:secret@evil.example/x/y',
  provenance: [{ source: MARKUP, url: 'data:text/html,x', at: 0, gave: [MARKUP] }],
  definitions: HOSTILE_TOOLS,
};

/** All its names read from right to left. */
export const FROM_THE_RIGHT: SampleServer = {
  slug: 'right',
  title: 'שרת הקבצים',
  description: 'מנהל קבצים. הכול.\n\nעוד פסקה.',
  packages: [{ registry: 'oci', name: 'חבילה', version: 'א' }],
  provenance: [{ source: 'מקור', url: null, at: 0, gave: ['הכול'] }],
  definitions: HOSTILE_TOOLS.filter(({ title }) => title === 'مرحبا'),
};

/** Ten thousand tools with names as long and as costly as a page has to name them. */
export const ENDLESS: SampleServer = {
  slug: 'endless',
  title: '漢'.repeat(5000),
  definitions: Array.from({ length: 10_000 }, (_, index) => ({
    name: `run_${index}_${'&'.repeat(20)}${'漢'.repeat(20)}`,
    description: '<"&\'>'.repeat(200),
  })),
};
