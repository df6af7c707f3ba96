/**
 * A server's tool definitions in memory, so that a call is judged without asking anyone. What is learnt is stored in the
 * background; when the store cannot be written it stays known here and is written with the next thing that is learnt.
 */
import type { ToolClass } from '../../policy/index.ts';
import type { Store, ToolRow } from '../../store/index.ts';
import { definitionDigest } from './canonical.ts';
import { guessTool, knownTool, type ToolParts } from './known-tool.ts';
import { readDefinition } from './listed-tools.ts';
import { Lru } from './lru.ts';
import type { Classify, KnownTool, ListedTool, ToolCatalogue } from './types.ts';

/** More tools or larger definitions than any real server has are not remembered: such tools are judged by name. */
const MOST_TOOLS = 5000;
const LONGEST_DEFINITION = 1024 * 1024;
const MOST_GUESSES = 1000;
/** How often a tool that is still listed is marked as seen. */
const SEEN_EVERY_MS = 3_600_000;

export interface CatalogueOptions {
  readonly store: Pick<Store, 'tools'>;
  readonly serverId: string;
  readonly serverName: string;
  readonly classify: Classify;
  /** Ms since the epoch. */
  readonly clock: () => number;
}

interface Entry {
  readonly parts: ToolParts;
  readonly tool: KnownTool;
  readonly stored: StoredTool;
  seenAt: number;
}

type StoredTool = Parameters<Store['tools']['upsert']>[1][number];

export function createToolCatalogue(options: CatalogueOptions): ToolCatalogue {
  return new Catalogue(options);
}

class Catalogue implements ToolCatalogue {
  readonly #options: CatalogueOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #guesses = new Lru<string, KnownTool>(MOST_GUESSES);
  /** For each tool the first and the last row that the store has not seen: the first one may be what gets pinned. */
  #unsaved = new Map<string, readonly StoredTool[]>();
  #saving: Promise<void> = Promise.resolve();
  #loaded = false;

  constructor(options: CatalogueOptions) {
    this.#options = options;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get(name: string): KnownTool | undefined {
    return this.#entries.get(name)?.tool;
  }

  names(): Iterable<string> {
    return this.#entries.keys();
  }

  guess(name: string): KnownTool {
    const { classify, serverName } = this.#options;
    return this.#guesses.get(name, () => guessTool(name, classify, serverName));
  }

  observe(tools: readonly ListedTool[], complete: boolean): void {
    const now = this.#options.clock();
    for (const tool of tools) this.#learn(tool, now);
    if (complete) this.#loaded = true;
    if (this.#unsaved.size > 0) this.#saving = this.#saving.then(() => this.#save(now));
  }

  markStale(): void {
    this.#loaded = false;
  }

  async load(): Promise<void> {
    await this.settled();
    const rows = await this.#options.store.tools.list(this.#options.serverId);
    for (const row of rows) this.#restore(row);
    if (rows.length > 0) this.#loaded = true;
  }

  settled(): Promise<void> {
    return this.#saving;
  }

  #learn({ value: { name }, text }: ListedTool, now: number): void {
    if (typeof name !== 'string' || text.length > LONGEST_DEFINITION) return;
    const known = this.#entries.get(name);
    if (known?.parts.text === text) {
      if (now - known.seenAt < SEEN_EVERY_MS) return;
      known.seenAt = now;
      this.#toSave(known.stored);
      return;
    }
    if (known === undefined && this.#entries.size >= MOST_TOOLS) return;
    // A definition that parsers could disagree on counts for its name only.
    const value = readDefinition(text) ?? { name };
    const digest = definitionDigest(
      value.name === name && Object.keys(value).length > 1 ? value : { name, text },
    );
    const assessment = this.#options.classify(value, { server: this.#options.serverName });
    const pinnedDigest = known?.parts.pinnedDigest ?? digest;
    const { class: gravest, classes, severity, confidence, signals, evidence } = assessment;
    const details = { confidence, signals, evidence };
    const row = { name, definition: text, digest, class: gravest, classes, severity, assessment: details };
    this.#put(
      { name, value, text, digest, pinnedDigest, assessment, override: known?.parts.override },
      row,
      now,
    );
    this.#toSave(row);
  }

  /** What the store says of pins and overrides wins; a newer definition here wins over the stored one. */
  #restore(row: ToolRow): void {
    const { name, pinnedDigest } = row;
    const override = toolClass(row.classOverride);
    const known = this.#entries.get(name);
    if (known !== undefined && this.#unsaved.has(name)) {
      return this.#put({ ...known.parts, pinnedDigest, override }, known.stored, known.seenAt);
    }
    const value = readDefinition(row.definition) ?? { name };
    const assessment = classesOf(row) ?? this.guess(name).facts;
    this.#put(
      { name, value, text: row.definition, digest: row.digest, pinnedDigest, assessment, override },
      row,
      row.lastSeenAt,
    );
  }

  #put(parts: ToolParts, stored: StoredTool, seenAt: number): void {
    this.#entries.set(parts.name, { parts, tool: knownTool(parts), stored, seenAt });
  }

  #toSave(row: StoredTool): void {
    const first = this.#unsaved.get(row.name)?.[0];
    this.#unsaved.set(row.name, first === undefined ? [row] : [first, row]);
  }

  async #save(now: number): Promise<void> {
    const batch = this.#unsaved;
    this.#unsaved = new Map();
    const { store, serverId } = this.#options;
    try {
      for (const nth of [0, 1]) {
        const rows = [...batch.values()].flatMap((pair) => pair[nth] ?? []).map(withoutHistory);
        if (rows.length > 0) await store.tools.upsert(serverId, rows, now);
      }
    } catch {
      for (const [name, pair] of batch)
        this.#unsaved.set(name, [pair[0]!, (this.#unsaved.get(name) ?? pair).at(-1)!]);
    }
  }
}

function withoutHistory({
  name,
  definition,
  digest,
  class: gravest,
  classes,
  severity,
  assessment,
}: StoredTool): StoredTool {
  return { name, definition, digest, class: gravest, classes, severity, assessment };
}

/** Undefined when the store holds a class that this version does not know. */
function classesOf(row: ToolRow): { class: ToolClass; classes: readonly ToolClass[] } | undefined {
  const gravest = toolClass(row.class);
  if (gravest === undefined) return undefined;
  const classes = row.classes.flatMap((name) => toolClass(name) ?? []);
  return { class: gravest, classes: classes.includes(gravest) ? classes : [gravest, ...classes] };
}

const CLASSES: readonly ToolClass[] = ['Read', 'Write', 'Execute', 'Destructive', 'Financial'];

function toolClass(name: string | null): ToolClass | undefined {
  return CLASSES.find((known) => known === name);
}
