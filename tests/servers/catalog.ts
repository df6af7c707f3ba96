/** What a server says that it has, as JSON text, so that the order of members counts too. */
import type { Conversation } from './conversation.ts';

const LISTS = {
  'tools/list': 'tools',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
  'prompts/list': 'prompts',
} as const;

/** Per list the text of each element of every page, or of the error. */
export type Catalog = Readonly<Record<string, readonly string[]>>;

export async function catalogOf({ opening, request }: Conversation): Promise<Catalog> {
  const catalog: Record<string, readonly string[]> = { opening: [JSON.stringify(opening.result)] };
  for (const [method, member] of Object.entries(LISTS))
    catalog[method] = await everyElement(request, method, member);
  return catalog;
}

async function everyElement(
  request: Conversation['request'],
  method: string,
  member: string,
): Promise<readonly string[]> {
  const elements: string[] = [];
  let cursor: unknown;
  do {
    const { result, error } = await request(method, cursor === undefined ? {} : { cursor });
    if (result === undefined) return [JSON.stringify(error)];
    elements.push(...(result[member] as unknown[]).map((element) => JSON.stringify(element)));
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  return elements;
}
