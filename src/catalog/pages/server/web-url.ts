/** The address, normalised, when it is one of the web that a page may link; credentials in it are refused. */
export function webUrl(text: string | null): string | undefined {
  if (text === null || text.length > 400 || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  return href.length > 600 ? undefined : href;
}
