/** What an owner says about a server's tools. */
import { TOOL_CLASSES, type ToolClass } from '../policy/index.ts';
import type { ToolRow } from '../store/index.ts';
import { invalid } from './problems.ts';
import { recordEvent } from './record-event.ts';
import type { Actor, Registry } from './registry.ts';
import { requireServer } from './servers.ts';

export interface ToolChange {
  /** The class that counts instead of the catalogue's; null gives it back. */
  readonly classOverride?: string | null | undefined;
  /** Accepts the definition as it is now. */
  readonly repin?: boolean | undefined;
}

/** @throws PC_API_NOT_FOUND, PC_API_INVALID */
export async function changeTool(
  registry: Registry,
  actor: Actor,
  server: string,
  name: string,
  { classOverride, repin }: ToolChange,
): Promise<ToolRow> {
  if (classOverride === undefined && repin !== true)
    throw invalid('', 'Nothing to change: give classOverride or repin: true.');
  if (typeof classOverride === 'string' && !TOOL_CLASSES.includes(classOverride as ToolClass))
    throw invalid('/classOverride', `Expected ${TOOL_CLASSES.join(', ')} or null.`);
  const { id } = await requireServer(registry, server);
  let row: ToolRow | undefined;
  if (classOverride !== undefined) {
    row = await registry.store.tools.override(id, name, classOverride);
    await recordEvent(registry, actor, 'tool.override', `${id}/${name}`, { classOverride });
  }
  if (repin === true) {
    row = await registry.store.tools.repin(id, name);
    await recordEvent(registry, actor, 'tool.repin', `${id}/${name}`, { digest: row.digest });
  }
  return row!;
}
