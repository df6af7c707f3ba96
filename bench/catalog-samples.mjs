// Made-up servers whose words are spread as in real lists: a few verbs and objects nearly everywhere, a long tail of rare ones.

const VERBS =
  'get list create update delete search send read run execute add remove fetch query set find upload download start stop cancel approve export import sync analyze generate convert validate deploy pay refund transfer'.split(
    ' ',
  );
const OBJECTS =
  'user file message issue project document event order invoice record table database page note task comment image video channel repository branch commit pull_request ticket customer product payment subscription key token secret role permission policy server instance cluster node pod volume network domain certificate log metric alert dashboard report chart workflow job run pipeline build release tag label milestone board card column view form field schema index query result session'.split(
    ' ',
  );
const LANGUAGES = ['typescript', 'python', 'go', 'rust', 'java', 'csharp'];
const SYLLABLES =
  'ba be bo ca ce co da de do fa fi fo ga go ha he ja jo ka ki ko la le lo ma me mo na ne no pa pe po ra re ro sa se so ta te to va ve vo wa wi xa ya za zo'.split(
    ' ',
  );
const SIGNALS = [
  'accepts-url',
  'accepts-path',
  'accepts-sql',
  'accepts-credential',
  'sends-data-out',
  'bulk',
];

/** Same numbers every time (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function wordAt(number) {
  let word = '';
  for (let rest = number + 7; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

/** Zipf-like: small numbers most often. */
const skewed = (random, count) => Math.floor(count * random() ** 3);

function sentence(random, words) {
  return `${Array.from({ length: words }, () => wordAt(skewed(random, 30_000))).join(' ')}.`;
}

export function* madeUpServers(servers, tools, batchSize) {
  const random = generator(1);
  let left = tools;
  let batch = [];
  for (let number = 0; number < servers; number += 1) {
    const count =
      number === servers - 1
        ? Math.min(left, 10_000)
        : Math.min(left, Math.round((2 * tools * random()) / servers));
    left -= count;
    batch.push(server(random, number, count));
    if (batch.length === batchSize || number === servers - 1) {
      yield batch;
      batch = [];
    }
  }
}

function server(random, number, count) {
  const name = `${wordAt(20_000 + skewed(random, 60_000))}-${wordAt(skewed(random, 3_000))}-mcp-${number}`;
  const names = new Set();
  for (let tries = 0; names.size < count && tries < count * 4; tries += 1)
    names.add(
      `${VERBS[skewed(random, VERBS.length)]}_${OBJECTS[skewed(random, OBJECTS.length)]}${tries > count ? `_${wordAt(skewed(random, 5_000))}` : ''}`,
    );
  return {
    title: name,
    description: sentence(random, 20),
    packages: [{ registry: random() < 0.5 ? 'npm' : 'pypi', name, version: '1.0.0' }],
    repository: `https://github.com/${wordAt(number)}/${name}`,
    language: LANGUAGES[skewed(random, LANGUAGES.length)],
    transports: random() < 0.7 ? ['stdio'] : ['http', 'sse'],
    uses: Math.floor(10 ** (6 * random() ** 3)),
    tools: [...names].map((tool) => definition(random, tool)),
    source: { source: 'scan', url: null, at: 1 },
  };
}

function definition(random, name) {
  const parameters = Array.from(
    { length: 1 + skewed(random, 8) },
    () => OBJECTS[skewed(random, OBJECTS.length)],
  );
  return {
    name,
    description: `${name.replaceAll('_', ' ')}: ${sentence(random, 30)}`,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        parameters.map((one) => [one, { type: 'string', description: sentence(random, 6) }]),
      ),
      required: parameters.slice(0, 1),
    },
  };
}

/** What people type: common words, rare words, beginnings of words, two or three words, facets, and pages further down. */
export function* madeUpSearches(count) {
  const random = generator(2);
  const verb = () => VERBS[skewed(random, VERBS.length)];
  const object = () => OBJECTS[skewed(random, OBJECTS.length)].replace('_', ' ');
  const facets = () =>
    [
      { class: ['Read', 'Write', 'Execute', 'Destructive', 'Financial'][Math.floor(5 * random())] },
      { signal: SIGNALS[Math.floor(SIGNALS.length * random())] },
      { transport: random() < 0.5 ? 'stdio' : 'http', severity: 'Critical' },
      { language: LANGUAGES[Math.floor(LANGUAGES.length * random())] },
    ][Math.floor(4 * random())];
  const kinds = {
    nothing: () => ({}),
    'common word': () => ({ q: verb() }),
    'two common words': () => ({ q: `${verb()} ${object()}` }),
    'three words': () => ({ q: `${verb()} ${object()} ${wordAt(skewed(random, 200))}` }),
    'beginning of a word': () => ({ q: object().slice(0, 1 + Math.floor(3 * random())) }),
    'rare word': () => ({ q: wordAt(20_000 + skewed(random, 60_000)) }),
    'unknown word': () => ({ q: `q${Math.floor(1e9 * random()).toString(36)}` }),
    'name of a tool': () => ({ q: `${verb()}_${object().replace(' ', '_')}` }),
    facet: facets,
    'word and facet': () => ({ q: random() < 0.5 ? verb() : object(), ...facets() }),
    'two words and facet': () => ({ q: `${verb()} ${object()}`, ...facets() }),
  };
  const names = Object.keys(kinds);
  for (let number = 0; number < count; number += 1) {
    const kind = names[number % names.length];
    yield {
      kind,
      find: random() < 0.5 ? 'searchTools' : 'searchServers',
      query: kinds[kind](),
      pages: random() < 0.2 ? 4 : 1,
    };
  }
}
