import { compileHostPatterns, hostPatterns } from '../values/host-pattern.ts';
import { showList } from '../values/show.ts';
import { readUrl } from '../values/url.ts';
import { operator } from './operator.ts';

export const urlHostIn = operator({
  describes: 'The URL names one of the hosts: a host, an address, or *.example.com for the names below example.com.',
  value: hostPatterns,
  compile: (patterns) => {
    const matches = compileHostPatterns(patterns);
    return (value) => {
      const host = readUrl(value)?.host;
      return host === undefined ? undefined : matches(host);
    };
  },
  says: (patterns) => `is a URL of ${showList(patterns)}`,
});
