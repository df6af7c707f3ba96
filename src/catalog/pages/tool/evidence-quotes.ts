/** The words that decided, quoted with what stands around them, each place once. */
import { asObject } from '../../../json.ts';
import { TOOL_CLASSES } from '../../../policy/index.ts';
import type { Assessment, Evidence, Signal } from '../../types.ts';
import type { Quote } from '../blocks/types.ts';
import { cleanText } from '../clean-text.ts';
import { SIGNAL_WORDS } from '../words/signals.ts';
import type { ToolView } from './tool-view.ts';

const MOST = 6;
const MOST_WORDS = 80;
const MOST_AROUND = 120;
/** Weaker words did not decide. */
const LEAST_WEIGHT = 0.2;
const SEARCHED = 8000;
const PARAMETER = 'inputSchema.properties.';

export function evidenceQuotes(view: ToolView): readonly Quote[] {
  const bySpot = new Map<string, { readonly evidence: Evidence; readonly says: Set<string> }>();
  for (const evidence of deciding(view.assessment)) {
    const spot = `${evidence.place}\0${evidence.words.toLowerCase()}`;
    const known = bySpot.get(spot);
    if (known === undefined) bySpot.set(spot, { evidence, says: new Set([pointsTo(evidence.says)]) });
    else known.says.add(pointsTo(evidence.says));
  }
  const quotes = new Map<string, Quote>();
  for (const { evidence, says } of [...bySpot.values()].slice(0, MOST * 2)) {
    const quote = {
      ...around(textAt(view, evidence), evidence.words),
      place: cleanText(evidence.place, 80),
      says: [...says].join('; '),
    };
    const sentence = `${quote.place}\0${quote.before}${quote.words}${quote.after}\0${quote.says}`;
    const known = quotes.get(sentence);
    if (known === undefined || known.words.length < quote.words.length) quotes.set(sentence, quote);
  }
  return [...quotes.values()].slice(0, MOST);
}

/** What speaks for the class and the signals that apply, the strongest first; whatever there is when nothing does. */
function deciding({ class: gravest, signals, evidence }: Assessment): readonly Evidence[] {
  const found = evidence.filter(
    ({ says, weight }) =>
      weight >= LEAST_WEIGHT && (says === gravest || (signals as readonly string[]).includes(says)),
  );
  return found.length > 0 ? found : evidence;
}

function pointsTo(says: Evidence['says']): string {
  const isClass = (TOOL_CLASSES as readonly string[]).includes(says);
  return isClass ? `points to ${says}` : SIGNAL_WORDS[says as Signal].points;
}

/** The text that the words were found in, when it is at hand. */
function textAt({ definition, tool, server }: ToolView, { place }: Evidence): string | undefined {
  if (place === 'name') return tool.name;
  if (place === 'description') return tool.description ?? undefined;
  if (place === 'server') return server.title;
  if (place === 'title') return tool.title ?? undefined;
  if (!place.startsWith(PARAMETER)) return undefined;
  const name = place.slice(PARAMETER.length);
  const said = asObject(asObject(asObject(definition.inputSchema).properties)[name]).description;
  return typeof said === 'string' ? `${name}: ${said}` : undefined;
}

/** The sentence that holds the words; the words alone where they are not found as they stand. */
function around(text: string | undefined, words: string): Omit<Quote, 'place' | 'says'> {
  const plain = { before: '', words: cleanText(words, MOST_WORDS), after: '' };
  if (text === undefined || words === '' || words.length > MOST_WORDS) return plain;
  const searched = text.slice(0, SEARCHED);
  const at = searched.toLowerCase().indexOf(words.toLowerCase());
  if (at === -1) return plain;
  const front = searched.slice(0, at);
  const back = searched.slice(at + words.length);
  const begin = Math.max(front.lastIndexOf('. ') + 1, front.lastIndexOf('\n') + 1, 0);
  const end = back.search(/[.!?](?:\s|$)|\n/);
  return {
    before: kept(front.slice(begin), 'end'),
    words: cleanText(searched.slice(at, at + words.length), MOST_WORDS),
    after: kept(end === -1 ? back : back.slice(0, end + 1), 'start'),
  };
}

/** The part next to the words, with the blank between. */
function kept(piece: string, near: 'start' | 'end'): string {
  if (near === 'start') {
    const blank = /^\s/.test(piece) ? ' ' : '';
    return `${blank}${cleanText(piece, MOST_AROUND)}`.trimEnd();
  }
  const close = piece.length > MOST_AROUND ? `…${piece.slice(-MOST_AROUND).replace(/^\S*\s/, '')}` : piece;
  const blank = /\s$/.test(piece) ? ' ' : '';
  return `${cleanText(close, MOST_AROUND + 1)}${blank}`.trimStart();
}
