/** Turns what the parts of a definition say into weighted evidence. */
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';
import type { Evidence } from '../types.ts';
import { matchPhrases } from './match-phrases.ts';
import { readChoices } from './read-choices.ts';
import type { ReadTool } from './read-definition.ts';
import { readStatement, type Statement } from './read-lead.ts';
import { readName, type NamedAction } from './read-name.ts';
import { readParameters, type Trait } from './read-parameters.ts';
import type { ServerFacts } from './read-server.ts';
import { nameWords, sentences } from './tokens.ts';

export const gravity = (one: ToolClass): number => TOOL_CLASSES.indexOf(one);

export interface Weighing {
  readonly evidence: Evidence[];
  readonly name: NamedAction | undefined;
  readonly lead: Statement | undefined;
}

export function weigh(tool: ReadTool, server: ServerFacts): Weighing {
  const evidence: Evidence[] = [];
  const named = readName(ownWords(tool.name, server));
  const name = named[0];
  const said = tool.description === '' ? [] : leadOf(tool.description);
  const lead = said[0];
  const traits = readParameters(tool.parameters);

  for (const { says, weight, words, sure } of named) {
    const doubted = !sure && lead?.head === true && lead.says !== says;
    const vague = !sure && weight < 0.6 && tool.description !== '' && says !== 'Read';
    evidence.push({ place: 'name', words, says, weight: doubted ? 0.3 : vague ? 0.4 : weight });
  }
  for (const [index, { says, words, head, sure }] of said.entries())
    evidence.push({ place: 'description', words, says, weight: leadWeight(name, says, head, sure, index) });
  if (tool.title !== '') titleEvidence(tool, name, lead, evidence);
  for (const { words, says, weight } of matchPhrases(tool.description))
    evidence.push({ place: 'description', words, says, weight: isShielded(name) ? weight * 0.5 : weight });
  parameterEvidence(traits, name, lead, evidence);
  choiceEvidence(tool, name, evidence);
  serverEvidence(server, name, lead, evidence);
  annotationEvidence(tool, name, lead, evidence);
  return { evidence, name, lead };
}

/** A name that surely says that it only looks: other evidence has to be strong to speak against it. */
function isShielded(name: NamedAction | undefined): boolean {
  return name?.says === 'Read' && name.sure;
}

function ownWords(name: string, { prefix }: ServerFacts): readonly string[] {
  const words = nameWords(name);
  return prefix.length > 0 &&
    prefix.length < words.length &&
    prefix.every((word, index) => words[index] === word)
    ? words.slice(prefix.length)
    : words;
}

/** The first of the opening sentences that says what is done. */
function leadOf(description: string): Statement[] {
  for (const sentence of sentences(description.slice(0, 1500), 4)) {
    const found = readStatement(sentence);
    if (found.length > 0) return [...found, ...listed(sentence)];
  }
  return [];
}

/** `Manage machines: start, stop, restart` lists what it means after the colon. */
function listed(sentence: string): Statement[] {
  const colon = sentence.indexOf(': ') >= 0 ? sentence.indexOf(': ') : sentence.indexOf(' - ');
  if (colon < 0) return [];
  const found = readStatement(sentence.slice(colon + 2));
  return found.length > 1 ? found : [];
}

function leadWeight(
  name: NamedAction | undefined,
  says: ToolClass,
  head: boolean,
  sure: boolean,
  index: number,
): number {
  if (index > 0) {
    if (name === undefined) return head ? 0.7 : 0.6;
    if (name.sure && gravity(says) <= gravity(name.says)) return 0.2;
    return isShielded(name) ? (head ? 0.45 : 0.35) : head ? 0.6 : 0.5;
  }
  if (!head) return name === undefined ? 0.55 : 0.25;
  if (name === undefined || !name.sure) return sure ? 0.85 : 0.7;
  if (name.says === says) return 0.6;
  if (isShielded(name)) return sure && gravity(says) >= gravity('Destructive') ? 0.5 : 0.4;
  return sure ? 0.45 : 0.3;
}

function titleEvidence(
  tool: ReadTool,
  name: NamedAction | undefined,
  lead: Statement | undefined,
  evidence: Evidence[],
): void {
  const [action] = readName(nameWords(tool.title));
  if (action === undefined) return;
  const known = name !== undefined || lead?.head === true;
  evidence.push({
    place: 'title',
    words: action.words,
    says: action.says,
    weight: known ? 0.2 : action.weight * 0.7,
  });
}

function parameterEvidence(
  traits: readonly Trait[],
  name: NamedAction | undefined,
  lead: Statement | undefined,
  evidence: Evidence[],
): void {
  const settled = name?.sure === true && (name.says === 'Read' || name.says === 'Write');
  const open =
    !settled && !(lead?.head === true && lead.sure && lead.says !== 'Execute' && name?.says !== 'Execute');
  for (const { signal, parameter } of traits) {
    const place = parameter.place;
    evidence.push({ place, words: parameter.name, says: signal, weight: 0.8 });
    if (parameter.depth > 0) continue;
    if (signal === 'accepts-shell')
      evidence.push({ place, words: parameter.name, says: 'Execute', weight: open ? 0.6 : 0.2 });
    else if (signal === 'accepts-code' || signal === 'accepts-sql')
      evidence.push({ place, words: parameter.name, says: 'Execute', weight: open ? 0.5 : 0.15 });
    else if (signal === 'costs-money')
      evidence.push({
        place,
        words: parameter.name,
        says: 'Financial',
        weight: isBudget(parameter.name) && !isShielded(name) ? 0.5 : 0.2,
      });
  }
}

function isBudget(name: string): boolean {
  return nameWords(name).some(
    (word) => word === 'budget' || word === 'bid' || word === 'usd' || word === 'sats',
  );
}

function choiceEvidence(tool: ReadTool, name: NamedAction | undefined, evidence: Evidence[]): void {
  const choices = readChoices(tool.parameters);
  const seen = new Set<ToolClass>();
  for (const { says, place, value } of choices) {
    if (seen.has(says)) continue;
    seen.add(says);
    const weight = says === 'Read' ? 0.3 : isShielded(name) ? 0.35 : 0.75;
    evidence.push({ place, words: value, says, weight });
  }
}

function serverEvidence(
  server: ServerFacts,
  name: NamedAction | undefined,
  lead: Statement | undefined,
  evidence: Evidence[],
): void {
  const money = [name?.says, lead?.says].includes('Financial');
  if (server.money !== undefined && money)
    evidence.push({ place: 'server', words: server.money, says: 'Financial', weight: 0.2 });
  const unclear = name === undefined && lead?.head !== true;
  if (server.runs !== undefined && unclear)
    evidence.push({ place: 'server', words: server.runs, says: 'Execute', weight: 0.5 });
}

/** Hints are the server's own claims: they may raise what is unclear, and lower nothing that the words say. */
function annotationEvidence(
  tool: ReadTool,
  name: NamedAction | undefined,
  lead: Statement | undefined,
  evidence: Evidence[],
): void {
  const { readOnlyHint, destructiveHint } = tool.annotations;
  const clear = name?.sure === true || (lead?.head === true && lead.sure);
  if (readOnlyHint === true)
    evidence.push({ place: 'annotations.readOnlyHint', words: 'true', says: 'Read', weight: 0.3 });
  if (readOnlyHint === false)
    evidence.push({
      place: 'annotations.readOnlyHint',
      words: 'false',
      says: 'Write',
      weight: clear ? 0.2 : 0.5,
    });
  if (destructiveHint !== true || readOnlyHint === true) return;
  const silent = name === undefined && lead === undefined;
  evidence.push({
    place: 'annotations.destructiveHint',
    words: 'true',
    says: silent ? 'Destructive' : 'Write',
    weight: clear ? 0.2 : 0.55,
  });
}
