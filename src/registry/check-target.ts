/** What a server may be registered with. */
import type { Problem } from '../errors.ts';
import { isProtocolOwned } from '../upstreams/index.ts';
import { pointerToken } from './problems.ts';

const LONGEST_URL = 2048;
const LONGEST_VALUE = 16_384;
const MOST_HEADERS = 50;

export function urlProblems(url: string): Problem[] {
  const problem = (message: string): Problem[] => [{ pointer: '/url', message }];
  if (url.length > LONGEST_URL) return problem(`The URL must not be longer than ${LONGEST_URL} characters.`);
  if (!URL.canParse(url))
    return problem('This is not a URL; expected something like https://example.com/mcp.');
  const { protocol, username, password, hash } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return problem('The URL must begin with https:// or http://.');
  if (username !== '' || password !== '')
    return problem('The URL must not hold credentials; put them into headers.');
  if (hash !== '') return problem('The URL must not hold a fragment.');
  return [];
}

/** Names are tokens, values visible text (RFC 9110, sections 5.1 and 5.5). */
export function headerProblems(headers: Readonly<Record<string, string>>): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  if (Object.keys(headers).length > MOST_HEADERS)
    problems.push({ pointer: '/headers', message: `There may be ${MOST_HEADERS} headers at most.` });
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const add = (message: string): number =>
      problems.push({ pointer: `/headers/${pointerToken(name)}`, message });
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name)) add('This is not a header name.');
    else if (isProtocolOwned(lower)) add('This header belongs to the protocol and cannot be set.');
    else if (seen.has(lower)) add('This header stands twice; names do not differ by case.');
    if (value.length > LONGEST_VALUE) add(`The value must not be longer than ${LONGEST_VALUE} characters.`);
    else if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      add('The value has a character that a header cannot hold, such as a line break.');
    seen.add(lower);
  }
  return problems;
}

export function commandProblems(argv: readonly string[]): Problem[] {
  if (argv.length === 0 || argv[0] === '')
    return [{ pointer: '/command', message: 'The command needs a program.' }];
  return argv.flatMap((word, index) =>
    word.includes('\0')
      ? [{ pointer: `/command/${index}`, message: 'An argument must not hold a NUL.' }]
      : [],
  );
}

export function variableProblems(variables: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const at = `/env/${pointerToken(name)}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      return [{ pointer: at, message: 'This is not a variable name.' }];
    return value.includes('\0') ? [{ pointer: at, message: 'A value must not hold a NUL.' }] : [];
  });
}

export function nameProblems(name: string, pointer = '/name'): Problem[] {
  const ok = name.trim() === name && name.length > 0 && name.length <= 200 && !/\p{Cc}/u.test(name);
  return ok
    ? []
    : [
        {
          pointer,
          message: 'Expected 1 to 200 characters, without spaces around them or control characters.',
        },
      ];
}
