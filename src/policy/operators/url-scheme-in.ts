import * as z from 'zod';
import { showList } from '../values/show.ts';
import { readUrl } from '../values/url.ts';
import { operator } from './operator.ts';
import { refinedText } from './refined-text.ts';

const scheme = refinedText((text) => (/^[a-z][a-z0-9+.-]*$/.test(text) ? undefined : `Expected a scheme in lower case without colon, such as "https", got ${JSON.stringify(text)}.`));

export const urlSchemeIn = operator({
  describes: 'The URL has one of the schemes, in lower case without colon.',
  value: z.array(scheme).min(1),
  compile: (schemes) => {
    const known = new Set(schemes);
    return (value) => {
      const url = readUrl(value);
      return url === undefined ? undefined : known.has(url.scheme);
    };
  },
  says: (schemes) => `is a URL with the scheme ${showList(schemes)}`,
});
