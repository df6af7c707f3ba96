/**
 * Exported copies: the exact lines of every chain, one chain after the other, then one closing line that says what was copied and is
 * signed. Each line proves itself and its place; the closing line proves that nothing is missing at the end, and, in a filtered copy,
 * in between. `{"kind":"export","at":…,"filter":{…},"chains":[{"id","from","to","entries","whole","digest"}],"keyId","publicKey","signature"}`
 */
import { createHash } from 'node:crypto';
import type { EntryFilter, EntryRow, RemovalRow } from '../store/index.ts';
import { isSignedBy, signText } from './checkpoint.ts';
import type { SigningKey } from './checkpoint.ts';
import type { KeptStore } from './verify-store.ts';

/** Selects chains and positions too. `from`, `to`, `fromSeq` and `toSeq` cut one unbroken run out of each chain; the other members pick single entries. */
export interface ExportFilter extends EntryFilter {
  readonly chain?: string;
  /** Inclusive. */
  readonly fromSeq?: number;
  /** Inclusive. */
  readonly toSeq?: number;
}

/** What a copy holds of one chain. */
export interface ExportedChain {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  /** Whether it holds every entry from `from` to `to`. */
  readonly whole: boolean;
  /** SHA-256, hex, over the hashes (hex) of its entries in order. */
  readonly digest: string;
  /** What retention removed before `from`. */
  readonly removed?: RemovalRow;
}

export interface ClosingLine {
  readonly kind: 'export';
  readonly at: number;
  readonly filter: ExportFilter;
  readonly chains: readonly ExportedChain[];
  readonly keyId: string;
  readonly publicKey: string;
  readonly signature: string;
}

const CLOSING = /^\{"kind":"export",.*(,"signature":"[A-Za-z0-9+/]{86}=="\})$/s;

/** Yields the lines (without line feeds) of a copy that `verifyLines` can check. @throws PortcullisError PC_STORE_UNAVAILABLE */
export async function* exportLines(
  store: KeptStore,
  filter: ExportFilter,
  signer: { readonly signingKey: SigningKey; readonly clock: () => number },
): AsyncGenerator<string> {
  const chains: ExportedChain[] = [];
  const heads = (await store.chains.list()).toSorted((a, b) => (a.chain < b.chain ? -1 : 1));
  for (const head of heads) {
    if (filter.chain !== undefined && filter.chain !== head.chain) continue;
    const whole = !picksSingly(filter);
    const range = await rangeOf(store, head.chain, head.seq, filter);
    const digest = createHash('sha256');
    let [from, to, entries] = [0, 0, 0];
    let removed: RemovalRow | undefined;
    for await (const row of store.entries.read(head.chain, range.from, range.to)) {
      if (!whole && !matches(row, filter)) continue;
      if (entries === 0) {
        from = row.seq;
        // Asked for now, because retention may be at work: it has to be what this line follows.
        removed = (await store.retention.removals()).find(
          ({ chain, upTo }) => chain === head.chain && upTo === from - 1,
        );
      }
      to = row.seq;
      entries++;
      digest.update(hashOf(row.line));
      yield row.line;
    }
    if (entries > 0)
      chains.push({
        id: head.chain,
        from,
        to,
        entries,
        whole,
        digest: digest.digest('hex'),
        ...(removed === undefined ? {} : { removed }),
      });
  }
  yield closingLine(chains, filter, signer.signingKey, signer.clock());
}

/** The closing line when the text has its form; its signature is for `isClosingSigned` to say. */
export function readClosingLine(line: string): ClosingLine | undefined {
  return CLOSING.test(line) ? (JSON.parse(line) as ClosingLine) : undefined;
}

export function isClosingSigned(line: string, closing: ClosingLine): boolean {
  const suffix = CLOSING.exec(line)?.[1] ?? '';
  return isSignedBy(
    closing.publicKey,
    `portcullis-export\n${line.slice(0, -suffix.length)}`,
    closing.signature,
  );
}

function closingLine(
  chains: readonly ExportedChain[],
  filter: ExportFilter,
  key: SigningKey,
  at: number,
): string {
  const text = JSON.stringify({
    kind: 'export',
    at,
    filter,
    chains,
    keyId: key.keyId,
    publicKey: key.publicKeyPem,
  }).slice(0, -1);
  return `${text},"signature":"${signText(key, `portcullis-export\n${text}`)}"}`;
}

function picksSingly(filter: ExportFilter): boolean {
  const { organization, server, grant, tool, outcome, kind } = filter;
  return [organization, server, grant, tool, outcome, kind].some((member) => member !== undefined);
}

/** Entries of one chain are not strictly in order of time, so a time range becomes the run from its first to its last entry. */
async function rangeOf(
  store: KeptStore,
  chain: string,
  head: number,
  filter: ExportFilter,
): Promise<{ from: number; to: number }> {
  const range = { from: filter.fromSeq ?? 1, to: Math.min(filter.toSeq ?? head, head) };
  if (filter.from === undefined && filter.to === undefined) return range;
  let [from, to] = [range.to + 1, range.to];
  for await (const row of store.entries.read(chain, range.from, range.to)) {
    if (!isWithin(row, filter)) continue;
    from = Math.min(from, row.seq);
    to = row.seq;
  }
  return { from, to };
}

function isWithin(row: EntryRow, filter: ExportFilter): boolean {
  return (
    row.at >= (filter.from ?? Number.NEGATIVE_INFINITY) && row.at < (filter.to ?? Number.POSITIVE_INFINITY)
  );
}

function matches(row: EntryRow, filter: ExportFilter): boolean {
  return (
    isWithin(row, filter) &&
    admits(filter.organization, row.organization) &&
    admits(filter.server, row.server) &&
    admits(filter.grant, row.grantId) &&
    admits(filter.tool, row.tool) &&
    admits(filter.outcome, row.outcome) &&
    admits(filter.kind, row.kind)
  );
}

function admits(wanted: string | undefined, found: string | null): boolean {
  return wanted === undefined || wanted === found;
}

function hashOf(line: string): string {
  return line.slice(-67, -3);
}
