/** The names of one object, folded. */
import { PortcullisError } from '../../errors.ts';
import { foldCase } from '../../fold-case.ts';

/**
 * Adds a name. Most objects have plain lower-case names only, which cannot collide with each other; the table is made when the
 * first other one comes.
 * @param known the object's members so far
 * @throws PC_JSON_CASE_COLLISION
 */
export function addFolded(
  table: Map<string, string> | undefined,
  known: object,
  name: string,
): Map<string, string> {
  const names = table ?? new Map(Object.keys(known).map((earlier) => [foldCase(earlier), earlier]));
  const fold = foldCase(name);
  const first = names.get(fold);
  if (first !== undefined) {
    throw new PortcullisError('PC_JSON_CASE_COLLISION', {
      first: JSON.stringify(first.slice(0, 100)),
      second: JSON.stringify(name.slice(0, 100)),
    });
  }
  return names.set(fold, name);
}
