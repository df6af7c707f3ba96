/** Point by point what a tool's page has to tell, for all tools of two well-known servers. */
import { describe, expect, it } from 'vitest';
import { classify, printPolicy, recommend } from '../index.ts';
import { memoryCatalog } from './testing/memory-catalog.ts';
import { samplePages } from './testing/sample-pages.ts';
import { CODEFORGE, ORGO, SAMPLES } from './testing/samples.ts';

const desk = {
  messages: { accept: async () => true },
  secret: async () => new Uint8Array(32),
  now: () => 0,
};
const pages = samplePages({ contact: desk });

/** Text without tags, in one line. */
function spoken(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<\/(p|h\d|li|dd|dt|td|th|summary|a|span|div)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

const all = [ORGO, CODEFORGE].flatMap((server) =>
  server.definitions.map((definition) => ({ server, name: definition.name as string, definition })),
);

it('there are 28 and 5 of them', () => {
  expect([ORGO.definitions.length, CODEFORGE.definitions.length]).toEqual([28, 5]);
});

describe.each(all)('$name of $server.title', ({ server, name }) => {
  it('tells every point', async () => {
    const tool = (await memoryCatalog(SAMPLES).tool(server.slug, name))!;
    const { severity, class: toolClass } = tool.assessment;
    const html = await pages.read(`/catalog/${server.slug}/${name}`);
    const text = spoken(html);

    // Severity, twice, with a way to what it means; the name; its first sentence; the way to the rule.
    expect(html).toContain(`href="/risk/${severity.toLowerCase()}"`);
    expect(text.split(`${severity} risk`).length).toBeGreaterThan(2);
    expect(html).toMatch(new RegExp(`<h1>\\s*<code>${name}</code>\\s*</h1>`));
    expect(html).toContain('href="#control"');
    expect(text).toContain(`How to control ${name} ↓`);

    // What it does; why it needs a policy, with quotes and their places; attacks.
    expect(text).toContain(`What ${name} does on ${server.title}`);
    expect(text).toContain(`Agents call ${name} `);
    expect(text).toContain(`Why ${name} needs a policy`);
    expect(text).toContain('From the tool’s definition');
    expect(html).toMatch(/<q><bdi>[^]*?<mark>[^<]+<\/mark>[^]*?class="place"\s*>in <code>/);
    expect(html).toContain('href="/attacks/runaway-loop"');

    // The rule, what it does, three steps, the builder.
    expect(text).toContain(`How to control ${name}`);
    expect(html).toContain('id="policy-balanced"');
    expect(html).toContain('data-copy="policy-balanced"');
    expect(html).toContain(`href="/servers/new?catalog=${server.slug}&amp;tool=${name}"`);
    expect(html.match(/<ol class="steps">[\s\S]*?<\/ol>/)?.[0].match(/<li>/g)).toHaveLength(3);
    expect(text).toContain('No account, no card.');
    expect(html).toContain('id="policy-observe"');
    expect(html).toContain('id="policy-strict"');

    // Related tools, ways on, six questions, the server, the size of the index, the form.
    expect(text).toContain('Related tools and policies');
    expect(text).toContain('Go deeper');
    expect(text).toContain(`Questions about ${name}`);
    expect(html.match(/<div class="questions">[\s\S]*?<\/div>/)?.[0].match(/<details>/g)).toHaveLength(6);
    expect(text).toContain(`A policy on every call to ${server.title}`);
    expect(text).toContain(`${server.definitions.length} tools of ${server.title} are in this catalogue`);
    expect(text).toContain('an index of 3 MCP servers and 38 tools');
    expect(text).toContain('Get in touch');
    expect(html).toContain('action="/contact"');

    // Slips of other catalogues.
    expect(text).not.toMatch(/MCP Server MCP Server|MCP MCP|MCP Server MCP server|\ba Execute\b/);
    expect(text).toContain(`${toolClass === 'Execute' ? 'an' : 'a'} ${toolClass} tool`);
    if (tool.description !== null) expect(text).toContain(tool.description);
  });
});

it.each(['orgo_exec', 'execute_code'])(
  'the rule of %s is printed as catalogues print it, byte for byte',
  async (name) => {
    const { server, definition } = all.find((one) => one.name === name)!;
    const html = await pages.read(`/catalog/${server.slug}/${name}`);
    const shown = /<code id="policy-balanced">([^<]*)<\/code>/.exec(html)![1]!.replaceAll('&quot;', '"');
    expect(shown).toBe(printPolicy(recommend(definition, classify(definition))));
    expect(shown).toBe(`{
  "version": "1",
  "default": "deny",
  "tools": {
    "${name}": {
      "limits": [
        {
          "counter": "${name}_rate",
          "window": "minute",
          "max": 10,
          "scope": "grant"
        }
      ]
    }
  }
}`);
    expect(html.indexOf('policy-balanced')).toBeLessThan(html.indexOf('policy-observe'));
  },
);

it('a description that only repeats the name is called so', async () => {
  const text = spoken(await pages.read('/catalog/shop/execute_job'));
  expect(text).toContain('Its description says no more than its name.');
  expect(text).toContain('execute_job is an Execute tool of the Corner Shop MCP server.');
});

it('the same index gives the same bytes', async () => {
  const again = samplePages({ contact: desk });
  for (const path of ['/catalog/orgo-mcp/orgo_exec', '/catalog/orgo-mcp', '/risk', '/catalog'])
    expect(await again.read(path)).toBe(await pages.read(path));
});
