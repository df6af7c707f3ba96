/** What kind of message an upstream sent, read from its outermost members alone. */
import type { AnswerEnvelope, RequestId } from './types.ts';
import { Skimmer } from './skim.ts';

const INVALID: AnswerEnvelope = { kind: 'invalid' };

interface Facts {
  id?: RequestId | undefined;
  method?: string;
  errorCode?: number;
  isError?: boolean;
  resultType?: string;
  progressToken?: string | number;
}

/** Never throws: what cannot be read, or says `id`, `method`, `result` or `error` twice, is invalid. */
export function readAnswer(bytes: Buffer): AnswerEnvelope {
  const facts: Facts = {};
  const seen = new Set<string>();
  try {
    const skimmer = new Skimmer(bytes);
    skimmer.space();
    skimmer.members((name) => {
      if (seen.has(name)) throw new SyntaxError(`${name} stands twice`);
      seen.add(name);
      readMember(skimmer, name, facts);
    });
    skimmer.space();
    if (skimmer.at !== bytes.length) return INVALID;
  } catch {
    return INVALID;
  }
  const answers = seen.has('result') !== seen.has('error');
  if (seen.has('method')) {
    if (facts.method === undefined || seen.has('result') || seen.has('error')) return INVALID;
    return { ...facts, kind: seen.has('id') ? 'request' : 'notification' } as AnswerEnvelope;
  }
  return answers ? ({ ...facts, kind: 'response' } as AnswerEnvelope) : INVALID;
}

function readMember(skimmer: Skimmer, name: string, facts: Facts): void {
  const opens = skimmer.peek() === 0x7b;
  if (name === 'id') facts.id = readId(skimmer);
  else if (name === 'method') facts.method = skimmer.string();
  else if (name === 'error' && opens)
    skimmer.members((inner) => void (inner === 'code' && (facts.errorCode = Number(textOf(skimmer)))));
  else if (name === 'error') facts.errorCode = 0;
  else if (name === 'result' && opens) skimmer.members((inner) => readResult(skimmer, inner, facts));
  else if (name === 'params' && opens) skimmer.members((inner) => readParams(skimmer, inner, facts));
  if (name === 'error') facts.errorCode ??= 0;
}

function readResult(skimmer: Skimmer, name: string, facts: Facts): void {
  if (name === 'isError') facts.isError = textOf(skimmer) === 'true';
  else if (name === 'resultType' && skimmer.peek() === 0x22) facts.resultType = skimmer.string();
}

function readParams(skimmer: Skimmer, name: string, facts: Facts): void {
  if (name !== 'progressToken') return;
  const token: unknown = JSON.parse(textOf(skimmer));
  if (typeof token === 'string' || typeof token === 'number') facts.progressToken = token;
}

function readId(skimmer: Skimmer): RequestId | undefined {
  const text = textOf(skimmer);
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' || typeof value === 'number' ? { value, text } : undefined;
}

function textOf(skimmer: Skimmer): string {
  const { start, end } = skimmer.skip();
  return skimmer.bytes.toString('utf8', start, end);
}
