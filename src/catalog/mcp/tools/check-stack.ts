import { z } from 'zod';
import type { CatalogTool } from '../../library/types.ts';
import { assessedTool } from '../../library/assessed-tool.ts';
import type { Signal } from '../../types.ts';
import { CAVEAT, shownServer } from '../shown.ts';
import { mcpTool } from '../types.ts';

interface Found {
  readonly reference: string;
  readonly slug: string;
  readonly tools: readonly CatalogTool[];
}

export const checkStack = mcpTool({
  name: 'check_stack',
  title: 'Check servers together',
  description:
    'Looks at all servers that one agent is connected to: which are unknown, which tool names collide, and what they can do together that none can do alone.',
  input: z.strictObject({
    servers: z
      .array(z.string().min(1).max(2048))
      .min(1)
      .max(50)
      .describe('Slugs, package names or addresses'),
  }),
  async run(catalog, { servers }) {
    const unknown: string[] = [];
    const known = [];
    const found: Found[] = [];
    for (const reference of servers) {
      const server = await catalog.find(reference);
      if (server === undefined) {
        unknown.push(reference);
        continue;
      }
      known.push({ reference, ...shownServer(server) });
      found.push({ reference, slug: server.slug, tools: await catalog.tools(server.slug) });
    }
    return {
      servers: known,
      unknown,
      sameToolNames: collisions(found),
      together: combinations(found),
      caveat: CAVEAT,
    };
  },
});

/** A name that two servers have can be answered by the wrong one. */
function collisions(found: readonly Found[]) {
  const holders = new Map<string, string[]>();
  for (const { slug, tools } of found)
    for (const { name } of tools) holders.set(name, [...new Set([...(holders.get(name) ?? []), slug])]);
  return [...holders]
    .filter(([, slugs]) => slugs.length > 1)
    .map(([tool, slugs]) => ({ tool, servers: slugs }));
}

function combinations(found: readonly Found[]): object[] {
  const having = (fits: (tool: CatalogTool) => boolean): string[] =>
    found.flatMap(({ slug, tools }) => tools.filter(fits).map(({ name }) => `${slug}/${name}`)).slice(0, 20);
  const signal = (one: Signal) => (tool: CatalogTool) => tool.assessment.signals.includes(one);
  const runs = (tool: CatalogTool): boolean => assessedTool(tool).assessment.class === 'Execute';
  const reads = having((tool) => signal('accepts-path')(tool) || signal('accepts-sql')(tool));
  const fetches = having(
    (tool) => signal('accepts-url')(tool) && assessedTool(tool).assessment.class === 'Read',
  );
  const sends = having((tool) => signal('sends-data-out')(tool) || signal('accepts-url')(tool));
  const acts = having(runs);
  const risks = [];
  if (reads.length > 0 && sends.length > 0)
    risks.push({ risk: 'Private data can be read and sent out in one conversation.', reads, sends });
  if (fetches.length > 0 && acts.length > 0)
    risks.push({ risk: 'Text from outside can reach an agent that can run things.', fetches, runs: acts });
  return risks;
}
