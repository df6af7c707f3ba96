/** Where each page is. Every path begins with a slash and is ready for an attribute once it is escaped. */
import type { Severity } from '../types.ts';
import type { ToolClass } from '../../policy/index.ts';

/** Longer names belong to nobody's tool; they are listed, without a page. */
const LONGEST_NAME = 128;

export const CATALOG = '/catalog';

export function serverPath(slug: string): string {
  return `${CATALOG}/${encodeURIComponent(slug)}`;
}

/** Undefined for a name that no URL can carry unchanged. */
export function toolPath(slug: string, name: string): string | undefined {
  if (name === '' || name === '.' || name === '..' || name.length > LONGEST_NAME || !name.isWellFormed())
    return undefined;
  // Names that end like a twin's keep their page: the dot that is spelled out is not the twin's.
  return `${serverPath(slug)}/${encodeURIComponent(name).replace(/\.md$/, '%2Emd')}`;
}

export const riskPath = (severity: Severity): string => `/risk/${severity.toLowerCase()}`;
export const categoryPath = (toolClass: ToolClass): string => `/categories/${toolClass.toLowerCase()}`;
export const attackPath = (slug: string): string => `/attacks/${encodeURIComponent(slug)}`;

/** The dashboard's builder with the tool's rule in place. */
export function builderPath(slug: string, tool?: string): string {
  const query = new URLSearchParams({ catalog: slug, ...(tool !== undefined && { tool }) });
  return `/servers/new?${query.toString()}`;
}

/** The Markdown twin of a page. */
export const twinPath = (path: string): string => `${path}.md`;

export interface AskedPage {
  /** Decoded segments. */
  readonly segments: readonly string[];
  readonly markdown: boolean;
}

/** What a request's path asks for; undefined when it is not encoded as UTF-8. */
export function askedPage(pathname: string): AskedPage | undefined {
  const markdown = /[^/]\.md$/.test(pathname);
  const raw = (markdown ? pathname.slice(0, -'.md'.length) : pathname).split('/').slice(1);
  try {
    return { segments: raw.map(decodeURIComponent), markdown };
  } catch {
    return undefined;
  }
}
