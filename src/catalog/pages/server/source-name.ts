import type { CatalogServer } from '../../library/types.ts';
import { cleanText } from '../clean-text.ts';

/** The short name under which its source is known: the repository as `owner/name`, else its package. */
export function sourceName({ repository, packages }: CatalogServer): string | undefined {
  const path = /^(?:git\+)?https?:\/\/[^/]+\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
    repository?.slice(0, 300) ?? '',
  )?.[1];
  const known = path ?? packages[0]?.name;
  return known === undefined ? undefined : cleanText(known, 72);
}
