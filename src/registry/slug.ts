/** The path segment of a server's gateway URL. */
import { invalid } from './problems.ts';

const LONGEST = 63;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Lower-case letters, digits and dashes, 1 to 63 of them. A slug that looks like an id is refused: paths take both.
 * @throws PC_API_INVALID at /name
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  if (slug === '')
    throw invalid('/name', 'The name needs a letter from a to z or a digit: the address is made from it.');
  if (UUID.test(slug)) throw invalid('/name', 'The name must not look like an id.');
  return slug;
}
