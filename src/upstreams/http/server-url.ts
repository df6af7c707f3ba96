/** The configured URL of an HTTP upstream, checked once. */
import { PortcullisError } from '../../errors.ts';

/** @throws PortcullisError PC_CONFIG_INVALID for a scheme other than http(s), or for credentials in the URL. */
export function parseServerUrl(server: string, text: string): URL {
  const invalid = (detail: string): PortcullisError =>
    new PortcullisError('PC_CONFIG_INVALID', { detail: `the URL of the server ${server} ${detail}` });
  if (!URL.canParse(text)) throw invalid('is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid('must start with http:// or https://');
  if (url.username !== '' || url.password !== '')
    throw invalid('must not hold credentials; put them in a header');
  return url;
}
