import { PortcullisError } from '../../errors.ts';
import type { ToolClass } from '../../policy/index.ts';
import type { Store } from '../../store/index.ts';
import { classOf, serverFacts, toolFacts, type ToolFacts } from './facts.ts';
import { serverRow, summaryOf, toolRow, totalsOf } from './index-rows.ts';
import { slugKey } from './keys-of.ts';

/** Null takes the override back. @throws PC_API_NOT_FOUND */
export function setOverride(
  store: Pick<Store, 'catalog'>,
  slug: string,
  tool: string,
  toolClass: ToolClass | null,
  now: number,
): Promise<void> {
  return store.catalog.batch(async (batch) => {
    const [key] = await batch.serversByKey([slugKey(slug)]);
    const row = (await batch.serversById(key === undefined ? [] : [key.serverId])).find(
      (one) => one.slug === slug,
    );
    if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'server' });
    const tools = (await batch.toolsOf([row.id])).map((one) => ({ ...one, facts: toolFacts(one) }));
    const place = tools.findIndex(({ name }) => name === tool);
    const old = tools[place];
    if (old === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what: 'tool' });
    const facts: ToolFacts = { ...old.facts, classOverride: toolClass };
    await batch.override(row.id, tool, toolClass);
    const before = { id: row.id, slug, facts: serverFacts(row), extra: row.extra };
    const summary = summaryOf(tools.with(place, { ...old, facts }));
    const after = { ...before, facts: { ...before.facts, ...summary } };
    await batch.saveTools([{ ...toolRow(after, { ...old, facts }, now), before: old.position }]);
    await batch.saveServers([{ ...serverRow(after, now), before: row.position }]);
    if (classOf(old.facts) === classOf(facts)) return;
    await batch.addTotals(totalsOf(before.facts, -1));
    await batch.addTotals(totalsOf(after.facts, 1));
  });
}
