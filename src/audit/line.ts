/**
 * The form of an entry: one JSON object on one line,
 * `{"kind":…,<body>,"index":{…},"chain":{"id":"…","seq":12,"prev":"<64 hex>","hash":"<64 hex>"}}`.
 * `hash` is SHA-256 over the exact text before `,"hash"`, so a copy proves itself by its bytes and no canonical form is needed.
 * `index` is there only for facts that the body does not state under its own names, and for counter changes.
 */
import { hash } from 'node:crypto';
import type { EntryFacts, EntryRow } from '../store/index.ts';
import { quoted } from './quoted.ts';
import { StatedText, type SharedText } from './stated-text.ts';
import type { CounterDelta, EntryIndex, EntryKind } from './types.ts';

/** `prev` of the first entry of a chain. */
export const NO_HASH = '0'.repeat(64);

const CHAIN_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const HASH_SUFFIX_LENGTH = hashText(NO_HASH).length;
const FORM =
  /^\{"kind":"(intent|decision|checkpoint|event)".*,"chain":\{"id":"([A-Za-z0-9._:-]{1,128})","seq":([1-9]\d{0,15}),"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\}$/s;

/** The position members of a line, as written; whether they are true is for `isIntact` and the chain to say. */
export interface LineFacts {
  readonly kind: EntryKind;
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** @throws TypeError for an id that would need escaping in a line. */
export function checkChainId(chain: string): void {
  if (!CHAIN_ID.test(chain))
    throw new TypeError('a chain id is 1 to 128 letters, digits, dots, colons, dashes or underscores');
}

/** The text of an entry up to its chain member, in pieces. */
export type OpenedLine = readonly (string | SharedText)[];

/** @throws TypeError when the body has a member that is added here. */
export function openLine(index: EntryIndex, body: object | StatedText): OpenedLine {
  if (body instanceof StatedText)
    return [OPENINGS[index.kind], body.shared, body.own + countersText(index.counters)];
  if ('kind' in body || 'chain' in body || 'index' in body)
    throw new TypeError('kind, chain and index are not members of a body');
  const text = JSON.stringify(body);
  const members = text.length > 2 ? `,${text.slice(1, -1)}` : '';
  const facts = unstatedFacts(index, body);
  return [
    `{"kind":"${index.kind}"${members}${facts === undefined ? '' : `,"index":${JSON.stringify(facts)}`}`,
  ];
}

const OPENINGS: Readonly<Record<EntryKind, string>> = {
  intent: '{"kind":"intent",',
  decision: '{"kind":"decision",',
  checkpoint: '{"kind":"checkpoint",',
  event: '{"kind":"event",',
};

/** What follows the text of `openLine` at a place in a chain, up to the hash. */
export function positionText(chain: string, seq: number, prev: string): string {
  return `,"chain":{"id":"${chain}","seq":${seq},"prev":"${prev}"`;
}

/** The end of a line. @param digest SHA-256 of all before it, in hexadecimal digits */
export function hashText(digest: string): string {
  return `,"hash":"${digest}"}}`;
}

/** Reads the position of a line; undefined when it does not have the form of an entry. */
export function readLine(line: string): LineFacts | undefined {
  const match = FORM.exec(line);
  if (match === null) return undefined;
  const [, kind, chain, seq, prev, digest] = match as unknown as [
    string,
    EntryKind,
    string,
    string,
    string,
    string,
  ];
  return { kind, chain, seq: Number(seq), prev, hash: digest };
}

/** Whether the text of the line has the hash that it names. */
export function isIntact(line: string, facts: LineFacts): boolean {
  return hash('sha256', line.slice(0, -HASH_SUFFIX_LENGTH)) === facts.hash;
}

const UNINDEXED: Partial<EntryIndex> = {};

/** The facts of an entry that are searched by. PostgreSQL takes no NUL in text, and one such name must not stop all later entries. */
export function factsOf(index: EntryIndex): EntryFacts {
  // An intent is found by its id, through its decision.
  const { server, grant, tool, method, outcome, rule } = index.kind === 'intent' ? UNINDEXED : index;
  return {
    kind: index.kind,
    id: withoutNul(index.id),
    at: index.at,
    organization: withoutNul(index.organization),
    server: columnOf(server),
    grantId: columnOf(grant),
    tool: columnOf(tool),
    method: columnOf(method),
    outcome: columnOf(outcome),
    rule: columnOf(rule),
    overheadMs: index.overheadMs ?? null,
    upstreamMs: index.upstreamMs ?? null,
  };
}

/** The database row of an entry. */
export function rowOf(index: EntryIndex, chain: string, seq: number, line: string): EntryRow {
  return { chain, seq, ...factsOf(index), line };
}

/** Rebuilds the index of an entry from its line alone. */
export function indexOf(kind: EntryKind, line: string): EntryIndex {
  const entry = JSON.parse(line) as StatedFacts & { readonly index?: WrittenIndex };
  const written = entry.index ?? {};
  const pick = <Name extends TextFact>(name: Name, stated: string | null | undefined): string | undefined =>
    (Object.hasOwn(written, name) ? written[name] : stated) ?? undefined;
  return {
    kind,
    id: pick('id', entry.id) ?? '',
    at: written.at ?? entry.at ?? 0,
    organization: pick('organization', entry.organization) ?? '',
    server: pick('server', entry.server?.id),
    grant: pick('grant', entry.grant?.id),
    tool: pick('tool', entry.tool),
    method: pick('method', entry.method),
    outcome: pick('outcome', entry.outcome),
    rule: pick('rule', entry.rule),
    overheadMs: entry.overheadMs,
    upstreamMs: entry.upstream?.durationMs,
    counters: written.counters?.map(([key, bucket, amount, expires]) => ({ key, bucket, amount, expires })),
  };
}

/** The body of an entry, as it was appended. */
export function bodyOf(line: string): Readonly<Record<string, unknown>> {
  const { kind: _kind, index: _index, chain: _chain, ...body } = JSON.parse(line) as Record<string, unknown>;
  return body;
}

type TextFact = 'id' | 'organization' | 'server' | 'grant' | 'tool' | 'method' | 'outcome' | 'rule';

/** The members of a body that state what is indexed. */
interface StatedFacts {
  readonly id?: string;
  readonly at?: number;
  readonly organization?: string;
  readonly server?: { readonly id?: string } | null;
  readonly grant?: { readonly id?: string } | null;
  readonly tool?: string | null;
  readonly method?: string | null;
  readonly outcome?: string | null;
  readonly rule?: string | null;
  readonly overheadMs?: number;
  readonly upstream?: { readonly durationMs?: number };
}

type WrittenIndex = { [name in TextFact]?: string | null } & {
  at?: number;
  counters?: (readonly [key: string, bucket: number, amount: number, expires: number])[];
};

function unstatedFacts(index: EntryIndex, body: StatedFacts): WrittenIndex | undefined {
  let facts: WrittenIndex | undefined;
  const state = (name: TextFact, value: string | undefined): void => {
    facts ??= {};
    facts[name] = value ?? null;
  };
  if (index.id !== body.id) state('id', index.id);
  if (index.organization !== body.organization) state('organization', index.organization);
  if (differs(index.server, body.server?.id)) state('server', index.server);
  if (differs(index.grant, body.grant?.id)) state('grant', index.grant);
  if (differs(index.tool, body.tool)) state('tool', index.tool);
  if (differs(index.method, body.method)) state('method', index.method);
  if (differs(index.outcome, body.outcome)) state('outcome', index.outcome);
  if (differs(index.rule, body.rule)) state('rule', index.rule);
  if (index.at !== body.at) (facts ??= {}).at = index.at;
  if (index.counters !== undefined && index.counters.length > 0)
    (facts ??= {}).counters = index.counters.map(tuple);
  return facts;
}

function countersText(counters: EntryIndex['counters']): string {
  if (counters === undefined || counters.length === 0) return '';
  return `,"index":{"counters":[${counters.map(tupleText).join(',')}]}`;
}

/** The JSON text of its tuple. */
function tupleText({ key, bucket, amount, expires }: CounterDelta): string {
  return `[${quoted(key)},${bucket},${amount},${expires}]`;
}

function tuple(delta: CounterDelta): readonly [string, number, number, number] {
  return [delta.key, delta.bucket, delta.amount, delta.expires];
}

function differs(fact: string | undefined, stated: string | null | undefined): boolean {
  return fact !== (stated ?? undefined);
}

function columnOf(fact: string | undefined): string | null {
  return fact === undefined ? null : withoutNul(fact);
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
