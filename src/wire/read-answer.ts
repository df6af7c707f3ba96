/** What kind of message an upstream sent, read from its outermost members alone. */
import type { AnswerEnvelope } from './types.ts';
import { Skimmer } from './skim.ts';

const INVALID: AnswerEnvelope = { kind: 'invalid' };
const ENVELOPE = ['jsonrpc', 'id', 'method', 'params', 'result', 'error'];
const [ID, METHOD, RESULT, ERROR] = ['id', 'method', 'result', 'error'].map(
  (name) => 1 << ENVELOPE.indexOf(name),
) as [number, number, number, number];

type Facts = { -readonly [Name in keyof AnswerEnvelope]-?: AnswerEnvelope[Name] };

/** All members from the start: envelopes of one shape are read fast. */
function nothingKnown(): Facts {
  return {
    kind: 'invalid',
    id: undefined,
    method: undefined,
    errorCode: undefined,
    isError: undefined,
    resultType: undefined,
    progressToken: undefined,
  };
}

/** Never throws: what cannot be read, or says `id`, `method`, `result` or `error` twice, is invalid. */
export function readAnswer(bytes: Buffer): AnswerEnvelope {
  const facts = nothingKnown();
  let seen = 0;
  let others: Set<string> | undefined;
  try {
    const skimmer = new Skimmer(bytes);
    skimmer.space();
    skimmer.members((name) => {
      const place = ENVELOPE.indexOf(name);
      if (place === -1 ? others?.has(name) === true : (seen & (1 << place)) !== 0)
        throw new SyntaxError(`${name} stands twice`);
      if (place === -1) (others ??= new Set()).add(name);
      else seen |= 1 << place;
      readMember(skimmer, name, facts);
    });
    skimmer.space();
    if (skimmer.at !== bytes.length) return INVALID;
  } catch {
    return INVALID;
  }
  const hasResult = (seen & RESULT) !== 0;
  const hasError = (seen & ERROR) !== 0;
  if ((seen & METHOD) === 0) {
    if (hasResult === hasError) return INVALID;
    facts.kind = 'response';
    return facts;
  }
  if (facts.method === undefined || hasResult || hasError) return INVALID;
  if ((seen & ID) !== 0 && facts.id === undefined) return INVALID;
  facts.kind = (seen & ID) === 0 ? 'notification' : 'request';
  return facts;
}

function readMember(skimmer: Skimmer, name: string, facts: Facts): void {
  if (name === 'id') readId(skimmer, facts);
  else if (name === 'method') facts.method = skimmer.string();
  else if (name === 'error') {
    facts.errorCode = 0;
    within(skimmer, (inner) => readError(skimmer, inner, facts));
  } else if (name === 'result') within(skimmer, (inner) => readResult(skimmer, inner, facts));
  else if (name === 'params') within(skimmer, (inner) => readParams(skimmer, inner, facts));
}

function within(skimmer: Skimmer, member: (name: string) => void): void {
  if (skimmer.peek() === 0x7b) skimmer.members(member);
}

/** null is the id of an error to a request whose id could not be read (JSON-RPC 2.0 section 5). */
function readId(skimmer: Skimmer, facts: Facts): void {
  const text = textOf(skimmer);
  const value: unknown = JSON.parse(text);
  if (typeof value === 'string' || typeof value === 'number') facts.id = { value, text };
  else if (value !== null) throw new SyntaxError('an id is a string or a number');
}

function readError(skimmer: Skimmer, name: string, facts: Facts): void {
  if (name !== 'code') return;
  const code = Number(textOf(skimmer));
  if (Number.isInteger(code)) facts.errorCode = code;
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

function textOf(skimmer: Skimmer): string {
  const { start, end } = skimmer.skip();
  return skimmer.bytes.toString('utf8', start, end);
}
