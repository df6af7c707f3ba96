import { emailDomain } from '../values/email.ts';
import { compileHostPatterns, hostPatterns } from '../values/host-pattern.ts';
import { showList } from '../values/show.ts';
import { operator } from './operator.ts';

export const emailDomainIn = operator({
  describes: 'The e-mail address has one of the domains; *.example.com stands for the domains below example.com.',
  value: hostPatterns,
  compile: (patterns) => {
    const matches = compileHostPatterns(patterns);
    return (value) => {
      const domain = emailDomain(value);
      return domain === undefined ? undefined : matches(domain);
    };
  },
  says: (patterns) => `is an e-mail address at ${showList(patterns)}`,
});
