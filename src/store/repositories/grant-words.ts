/** What grants are searched by. Databases do not agree on the case of letters beyond ASCII, so they only narrow the search down. */
import type { GrantWords } from '../page-types.ts';
import type { StoredGrant } from '../schema.ts';

/** Characters that stand in JSON text and in lower case as they are. */
const PLAIN = /[ !#-@[\]-~]+/g;

/** A pattern that text has, in whatever case of ASCII letters, wherever it has the words (escape '!'); undefined when there is none. */
export function likePart(words: string): string | undefined {
  const longest = (words.toLowerCase().match(PLAIN) ?? []).reduce(
    (one, other) => (other.length > one.length ? other : one),
    '',
  );
  return longest === '' ? undefined : `%${longest.replace(/[!%_]/g, '!$&')}%`;
}

/** Whether its label, its owner, a tag or the name of its server has the words, in whatever case. */
export function saysWords(
  { serverId, label, owner, tags }: Pick<StoredGrant, 'serverId' | 'label' | 'owner' | 'tags'>,
  { words, servers }: GrantWords,
): boolean {
  if (servers.has(serverId)) return true;
  const wanted = words.toLowerCase();
  return [label, owner ?? '', ...(JSON.parse(tags) as string[])].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
