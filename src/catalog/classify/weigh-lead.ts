/** How much the opening sentences of a description count, beside what the name says. */
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';
import { readStatement, type Statement } from './read-lead.ts';
import type { NamedAction } from './read-name.ts';
import { sentences } from './tokens.ts';

/** What the two main witnesses say. */
export interface Heard {
  readonly name: NamedAction | undefined;
  readonly lead: Statement | undefined;
}

export const gravity = (one: ToolClass): number => TOOL_CLASSES.indexOf(one);

/** A name that surely says that it only looks: other evidence has to be strong to speak against it. */
export function isShielded(name: NamedAction | undefined): boolean {
  return name?.says === 'Read' && name.sure;
}

/** The actions of the first of the opening sentences that names any, and what later ones plainly say it does. */
export function leadOf(description: string): Statement[] {
  const found: Statement[] = [];
  for (const sentence of sentences(description.slice(0, 1500), 4)) {
    const said = readStatement(sentence);
    if (found.length === 0) found.push(...said, ...(said.length > 0 ? listed(sentence) : []));
    else if (said[0]?.third === true && said[0].sure)
      found.push({ ...said[0], head: false, sure: found[0]?.head !== true });
  }
  return found;
}

/** `Manage machines: start, stop, restart` lists what it means after the colon. */
function listed(sentence: string): Statement[] {
  const colon = sentence.indexOf(': ') >= 0 ? sentence.indexOf(': ') : sentence.indexOf(' - ');
  if (colon < 0) return [];
  const found = readStatement(sentence.slice(colon + 2));
  return found.length > 1 ? found : [];
}

/** @param index 0 for the main action of the sentence */
export function leadWeight(
  name: NamedAction | undefined,
  says: ToolClass,
  head: boolean,
  sure: boolean,
  index: number,
): number {
  if (index > 0) return joinedWeight(name, says, head, sure);
  if (!head) return name === undefined ? 0.55 : 0.25;
  if (name === undefined || !name.sure) return sure ? 0.85 : 0.7;
  if (name.says === says) return 0.6;
  if (isShielded(name)) return sure && gravity(says) >= gravity('Destructive') ? 0.5 : 0.4;
  return sure ? 0.45 : 0.3;
}

function joinedWeight(name: NamedAction | undefined, says: ToolClass, head: boolean, sure: boolean): number {
  if (!head && !sure) return 0.4;
  if (name === undefined) return head ? 0.7 : 0.6;
  if (name.sure && gravity(says) <= gravity(name.says)) return 0.2;
  if (isShielded(name)) return head ? 0.45 : 0.35;
  return head ? 0.6 : 0.5;
}
