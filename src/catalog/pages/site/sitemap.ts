/**
 * Sitemaps for any number of tools (sitemaps.org, 50,000 addresses a file at most): an index, and parts of a few thousand
 * addresses that are made when they are asked for. The plan of the parts is kept until the index of servers changes.
 */
import { TOOL_CLASSES } from '../../../policy/index.ts';
import type { AttackPattern } from '../../attacks/types.ts';
import type { CatalogReader } from '../../library/types.ts';
import { attackPath, CATALOG, categoryPath, riskPath, serverPath, toolPath } from '../page-paths.ts';
import { SEVERITIES } from '../words/severities.ts';

const MOST_ADDRESSES = 5000;

interface Piece {
  readonly slug: string;
  readonly updatedAt: number;
  /** Tools from and to, exclusive; the server's own page stands with its first. */
  readonly from: number;
  readonly to: number;
}

/** Pieces by part. */
type Plan = readonly (readonly Piece[])[];

export class Sitemap {
  readonly #reader: CatalogReader;
  readonly #attacks: readonly AttackPattern[];
  readonly #publicUrl: string;
  #plan: Promise<Plan> | undefined;
  #planOf = '';

  constructor(reader: CatalogReader, attacks: readonly AttackPattern[], publicUrl: string) {
    this.#reader = reader;
    this.#attacks = attacks;
    this.#publicUrl = publicUrl;
  }

  async index(): Promise<string> {
    const plan = await this.#current();
    const names = ['general', ...plan.map((_, index) => String(index + 1))];
    const entries = names.map((name) => `<sitemap><loc>${this.#loc(`/sitemap-${name}.xml`)}</loc></sitemap>`);
    return document('sitemapindex', entries);
  }

  /** @param name `general` or the number of a part, from 1; undefined when there is no such part */
  async part(name: string): Promise<string | undefined> {
    if (name === 'general') return document('urlset', this.#general());
    const pieces = /^[1-9]\d{0,8}$/.test(name) ? (await this.#current())[Number(name) - 1] : undefined;
    if (pieces === undefined) return undefined;
    const entries: string[] = [];
    for (const { slug, updatedAt, from, to } of pieces) {
      if (from === 0) entries.push(this.#url(serverPath(slug), updatedAt));
      if (to === 0) continue;
      for (const tool of (await this.#reader.tools(slug)).slice(from, to)) {
        const path = toolPath(slug, tool.name);
        if (path !== undefined) entries.push(this.#url(path, tool.updatedAt));
      }
    }
    return document('urlset', entries);
  }

  #general(): readonly string[] {
    return [
      CATALOG,
      '/risk',
      ...SEVERITIES.map(riskPath),
      ...TOOL_CLASSES.map(categoryPath),
      '/attacks',
      ...this.#attacks.map(({ slug }) => attackPath(slug)),
    ].map((path) => this.#url(path));
  }

  async #current(): Promise<Plan> {
    const { servers, tools, updatedAt } = await this.#reader.size();
    const of = `${servers}/${tools}/${updatedAt}`;
    if (this.#plan === undefined || this.#planOf !== of) {
      this.#planOf = of;
      this.#plan = this.#make();
      this.#plan.catch(() => (this.#plan = undefined));
    }
    return this.#plan;
  }

  async #make(): Promise<Plan> {
    const parts: Piece[][] = [[]];
    let room = MOST_ADDRESSES;
    let cursor: string | undefined;
    do {
      const page = await this.#reader.searchServers(
        {},
        { limit: 500, ...(cursor !== undefined && { cursor }) },
      );
      for (const { slug, toolCount, updatedAt } of page.items) {
        for (let from = 0; from === 0 || from < toolCount;) {
          if (room < 2) {
            parts.push([]);
            room = MOST_ADDRESSES;
          }
          const to = Math.min(toolCount, from + room - 1);
          parts.at(-1)?.push({ slug, updatedAt, from, to });
          room -= to - from + 1;
          from = Math.max(to, 1);
        }
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return parts.filter((part) => part.length > 0);
  }

  #url(path: string, updatedAt?: number): string {
    const changed = updatedAt === undefined ? '' : `<lastmod>${new Date(updatedAt).toISOString()}</lastmod>`;
    return `<url><loc>${this.#loc(path)}</loc>${changed}</url>`;
  }

  #loc(path: string): string {
    return `${this.#publicUrl}${path}`.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
}

function document(root: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</${root}>\n`;
}
