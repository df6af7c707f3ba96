/** Gathers the weighted evidence of one definition. */
import type { ToolClass } from '../../policy/index.ts';
import type { Evidence } from '../types.ts';
import { matchPhrases } from './match-phrases.ts';
import type { ReadTool } from './read-definition.ts';
import { readName, type NamedAction } from './read-name.ts';
import { readParameters } from './read-parameters.ts';
import type { ServerFacts } from './read-server.ts';
import { nameWords, unquoted } from './tokens.ts';
import { weighAnnotations } from './weigh-annotations.ts';
import { gravity, isShielded, leadOf, leadWeight, type Heard } from './weigh-lead.ts';
import { weighChoices, weighParameters } from './weigh-schema.ts';
import { weighSignals } from './weigh-signals.ts';

export interface Weighing extends Heard {
  readonly evidence: Evidence[];
}

export function weigh(tool: ReadTool, server: ServerFacts): Weighing {
  const words = ownWords(tool.name, server);
  const named = readName(words);
  const description = unquoted(tool.description);
  const said = description === '' ? [] : leadOf(description);
  const heard: Heard = { name: named[0], lead: said[0] };
  const traits = readParameters(tool.parameters);
  const evidence = [
    ...named.map((action) => nameEvidence(action, heard, tool)),
    ...said.map(({ says, words, head, sure }, index) => ({
      place: 'description',
      words,
      says,
      weight: leadWeight(heard.name, says, head, sure, index),
    })),
    ...titleEvidence(tool, heard),
    ...matchPhrases(description).map(({ words, says, weight }) => ({
      place: 'description',
      words,
      says,
      weight: isShielded(heard.name) ? weight * 0.5 : weight,
    })),
    ...weighParameters(traits, heard),
    ...weighChoices(tool.parameters, heard),
    ...serverEvidence(server, words, heard),
    ...weighAnnotations(tool, heard),
    ...weighSignals(words, heard, said),
  ];
  if (!tool.described && words.length === 1 && words[0] === 'query')
    evidence.push({ place: 'name', words: 'query', says: 'Execute', weight: 0.5 });
  return { evidence, ...heard };
}

function ownWords(name: string, { prefix }: ServerFacts): readonly string[] {
  const words = nameWords(name);
  return prefix.length > 0 && prefix.length < words.length && prefix.every((word, at) => words[at] === word)
    ? words.slice(prefix.length)
    : words;
}

/** A word that may be a noun yields to what the description says. */
function nameEvidence({ says, weight, words, sure }: NamedAction, { lead }: Heard, tool: ReadTool): Evidence {
  const doubted = !sure && lead?.head === true && lead.says !== says;
  const vague = !sure && weight < 0.6 && tool.description !== '' && says !== 'Read';
  return { place: 'name', words, says, weight: doubted ? 0.3 : vague ? 0.4 : weight };
}

function titleEvidence(tool: ReadTool, { name, lead }: Heard): Evidence[] {
  const [action] = tool.title === '' ? [] : readName(nameWords(tool.title));
  if (action === undefined) return [];
  const known = name !== undefined || lead?.head === true;
  const weight = known ? 0.2 : action.weight * 0.7;
  return [{ place: 'title', words: action.words, says: action.says, weight }];
}

/** What the server is for decides only what its tool leaves open. */
function serverEvidence(server: ServerFacts, words: readonly string[], { name, lead }: Heard): Evidence[] {
  const found: Evidence[] = [];
  const says = (one: ToolClass): boolean => name?.says === one || lead?.says === one;
  if (server.money !== undefined) {
    const acts = gravity(name?.says ?? lead?.says ?? 'Read') > 0;
    const weight = acts && words.some((word) => word === 'subscription' || word === 'order') ? 0.5 : 0.2;
    if (says('Financial') || weight === 0.5)
      found.push({ place: 'server', words: server.money, says: 'Financial', weight });
  }
  if (server.runs !== undefined && name === undefined && lead?.head !== true)
    found.push({ place: 'server', words: server.runs, says: 'Execute', weight: 0.5 });
  return found;
}
