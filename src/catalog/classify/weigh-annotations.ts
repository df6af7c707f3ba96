/** Hints are the server's own claims (MCP, ToolAnnotations): they may raise what is unclear, and lower nothing that the words say. */
import type { Evidence } from '../types.ts';
import type { ReadTool } from './read-definition.ts';
import type { Heard } from './weigh-lead.ts';

export function weighAnnotations({ annotations }: ReadTool, { name, lead }: Heard): Evidence[] {
  const { readOnlyHint, destructiveHint } = annotations;
  const found: Evidence[] = [];
  const clear = name?.sure === true || (lead?.head === true && lead.sure);
  if (readOnlyHint === true)
    found.push({ place: 'annotations.readOnlyHint', words: 'true', says: 'Read', weight: 0.3 });
  if (readOnlyHint === false)
    found.push({
      place: 'annotations.readOnlyHint',
      words: 'false',
      says: 'Write',
      weight: clear ? 0.2 : 0.5,
    });
  if (destructiveHint === true && readOnlyHint !== true) {
    const silent = name === undefined && lead === undefined;
    found.push({
      place: 'annotations.destructiveHint',
      words: 'true',
      says: silent ? 'Destructive' : 'Write',
      weight: clear ? 0.2 : 0.55,
    });
  }
  return found;
}
