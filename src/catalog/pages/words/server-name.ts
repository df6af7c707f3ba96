import { cleanText } from '../clean-text.ts';

/** Its title as it is shown; the slug when it has none that can be seen. */
export function serverTitle({ title, slug }: { readonly title: string; readonly slug: string }): string {
  return cleanText(title, 80) || cleanText(slug, 80);
}

/** The title with the word `server` after it, unless the title says so itself: never `X MCP Server MCP server`. */
export function serverNoun(server: { readonly title: string; readonly slug: string }): string {
  const title = serverTitle(server);
  if (/\bserver$/i.test(title)) return title;
  return /\bmcp$/i.test(title) ? `${title} server` : `${title} MCP server`;
}
