/** Every check that reads what a server lists. Pure and bounded. */
import { asObject, type Json } from '../../json.ts';
import { checkCharacters } from './checks/check-characters.ts';
import { checkEncoding } from './checks/check-encoding.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkWords } from './checks/check-words.ts';
import { placeOf } from './checks/place-of.ts';
import { makeFinding } from './make-finding.ts';
import { readTexts, type Subject } from './read-texts.ts';
import type { Finding, ServerCatalogue } from './types.ts';

/** Characters of one definition; the longest of real tools have about 45,000. */
const LONG = 60_000;
/** What all definitions of a server cost a model at most before somebody should know: about 100,000 tokens. */
const LONG_TOGETHER = 400_000;

/** @param foreign tool → server, of all other servers */
export function checkDefinitions(
  catalogue: ServerCatalogue,
  foreign: ReadonlyMap<string, string>,
): Finding[] {
  const found: Finding[] = [];
  const read = [...subjectsOf(catalogue)].map(([subject, definition]) => ({
    subject,
    ...readTexts(subject, definition),
  }));
  // A word that the server uses as a value or a parameter of its own is no other server's tool.
  const own = new Set(
    read.flatMap(({ texts }) => texts.map(({ text }) => text).filter((text) => !/\s/.test(text))),
  );
  const others = new Map([...foreign].filter(([name]) => !own.has(name)));
  for (const { subject, texts, length, cut } of read) {
    if (cut || length > LONG) {
      const evidence = cut ? `${length} characters or more, not read to the end` : `${length} characters`;
      const severity = cut ? 'high' : 'medium';
      found.push(makeFinding('overlong-definition', placeOf({ subject, place: '' }), evidence, { severity }));
    }
    for (const text of texts)
      found.push(
        ...checkWords(text),
        ...checkCharacters(text),
        ...checkEncoding(text),
        ...checkReferences(text, others),
      );
  }
  const { unreadable = 0 } = catalogue;
  if (unreadable > 0)
    found.push(makeFinding('unreadable-definition', 'server: lists', `${unreadable} of its definitions`));
  const together = read.reduce((sum, { length }) => sum + length, 0);
  if (together > LONG_TOGETHER)
    found.push(
      makeFinding('overlong-definition', 'server: all definitions', `${together} characters together`),
    );
  return found;
}

function* subjectsOf(catalogue: ServerCatalogue): Generator<[Subject, Json]> {
  yield [
    { kind: 'server', name: '' },
    { ...asObject(catalogue.serverInfo), instructions: catalogue.instructions ?? '' },
  ];
  for (const tool of catalogue.tools) yield [{ kind: 'tool', name: nameOf(tool.name) }, tool];
  for (const prompt of catalogue.prompts ?? []) yield [{ kind: 'prompt', name: nameOf(prompt.name) }, prompt];
  for (const resource of [...(catalogue.resources ?? []), ...(catalogue.resourceTemplates ?? [])])
    yield [{ kind: 'resource', name: nameOf(resource.name) }, resource];
}

function nameOf(name: Json | undefined): string {
  return typeof name === 'string' ? name : '';
}
