/** Names and classes of a server's tools, kept for a while: pages of one server's tools are read one after another. */
import type { ToolClass } from '../../../policy/index.ts';
import type { CatalogReader, CatalogServer } from '../../library/types.ts';
import type { Severity } from '../../types.ts';
import { judged } from '../tool/tool-view.ts';

export interface ToolOutline {
  readonly name: string;
  readonly class: ToolClass;
  readonly severity: Severity;
}

const MOST_TOOLS = 20_000;

export class ToolOutlines {
  readonly #reader: CatalogReader;
  readonly #kept = new Map<string, readonly ToolOutline[]>();
  #tools = 0;

  constructor(reader: CatalogReader) {
    this.#reader = reader;
  }

  /** Gravest first, then by name. */
  async of({ slug, updatedAt, toolCount }: CatalogServer): Promise<readonly ToolOutline[]> {
    const key = `${slug}@${updatedAt}/${toolCount}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const outlines = (await this.#reader.tools(slug)).map((tool) => {
      const { class: toolClass, severity } = judged(tool);
      return { name: tool.name, class: toolClass, severity };
    });
    this.#keep(key, outlines);
    return outlines;
  }

  #keep(key: string, outlines: readonly ToolOutline[]): void {
    if (this.#kept.has(key)) return;
    this.#kept.set(key, outlines);
    this.#tools += outlines.length + 1;
    for (const [oldest, dropped] of this.#kept) {
      if (this.#tools <= MOST_TOOLS) break;
      this.#kept.delete(oldest);
      this.#tools -= dropped.length + 1;
    }
  }
}
