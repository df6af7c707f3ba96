/** The definition's own description: whole where it fits, never cut inside a word or at a sign. */
import { cleanText } from '../clean-text.ts';

const LONGEST = 2400;
const LONGEST_LEAD = 260;

export interface Described {
  /** Its first sentence, or what fits of it. Undefined when the definition says nothing beyond the name. */
  readonly lead: string | undefined;
  readonly paragraphs: readonly string[];
  /** `says nothing`: there is a description, and it repeats the name. */
  readonly known: 'yes' | 'says nothing' | 'no';
}

export function described(name: string, description: string | null): Described {
  if (description === null) return { lead: undefined, paragraphs: [], known: 'no' };
  const paragraphs = paragraphsOf(description);
  if (paragraphs.length === 0 || letters(paragraphs.join('')) === letters(name))
    return { lead: undefined, paragraphs: [], known: 'says nothing' };
  return { lead: firstSentence(paragraphs[0] as string), paragraphs, known: 'yes' };
}

function paragraphsOf(description: string): readonly string[] {
  const kept: string[] = [];
  let room = LONGEST;
  for (const piece of description
    .slice(0, LONGEST * 3)
    .split(/\n\s*\n/)
    .slice(0, 40)) {
    const words = cleanText(piece, Math.min(room, LONGEST));
    if (words === '') continue;
    kept.push(words);
    room -= words.length;
    if (room < 40 || kept.length === 8) break;
  }
  return kept;
}

function firstSentence(words: string): string {
  const sentence = /^.{20,260}?[.!?。](?=\s|$)/u.exec(words)?.[0];
  return sentence ?? cleanText(words, LONGEST_LEAD);
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
