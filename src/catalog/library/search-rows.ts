/** A search in steps: what is called so, then what has the words in its name, then what begins so, then what is described so. */
import { PortcullisError } from '../../errors.ts';
import type { Page, PageRequest, WordMatch, WordQuery } from '../../store/index.ts';
import { queryFacets, queryWords } from './search-words.ts';
import type { CatalogQuery } from './types.ts';

const STEPS: readonly WordMatch[] = ['exact', 'name', 'name-prefix', 'any-prefix'];
const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 500;

interface Place {
  readonly step: number;
  readonly position: number;
}

/** Best first: by step, then by rank. @throws PC_API_INVALID at /limit or /cursor */
export async function searchRows<Row extends { readonly position: number }>(
  find: (query: WordQuery, after: number, limit: number) => Promise<readonly Row[]>,
  query: CatalogQuery,
  request: PageRequest,
): Promise<Page<Row>> {
  const { limit = DEFAULT_LIMIT } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT)
    throw invalid('/limit', `The limit must be an integer from 1 to ${LARGEST_LIMIT}.`);
  const facets = queryFacets(query);
  const words = queryWords(query.q);
  const steps = words.length === 0 ? 1 : STEPS.length;
  let { step, position } = decoded(request.cursor, steps);
  const items: { row: Row; step: number }[] = [];
  for (; step < steps; step += 1, position = -1) {
    const match = STEPS[step]!;
    const rows = await find(
      { facets, words, match, except: STEPS.slice(0, step) },
      position,
      limit + 1 - items.length,
    );
    for (const row of rows) items.push({ row, step });
    if (items.length > limit) break;
  }
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit).map(({ row }) => row),
    nextCursor: last === undefined ? null : encoded({ step: last.step, position: last.row.position }),
  };
}

function encoded({ step, position }: Place): string {
  return Buffer.from(JSON.stringify([step, position])).toString('base64url');
}

function decoded(cursor: string | undefined, steps: number): Place {
  if (cursor === undefined) return { step: 0, position: -1 };
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString();
  const [, step, position] = /^\[(\d),(\d{1,15})\]$/.exec(text) ?? [];
  const place = { step: Number(step), position: Number(position) };
  if (step === undefined || place.step >= steps || encoded(place) !== cursor)
    throw invalid('/cursor', 'This is not a cursor that a page of this search ended with.');
  return place;
}

function invalid(pointer: string, message: string): PortcullisError {
  return new PortcullisError('PC_API_INVALID', {}, { problems: [{ pointer, message }] });
}
