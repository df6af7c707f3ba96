/** Where a person is sent after signing in: a path of this gateway, never another site. */
import { PortcullisError } from '../errors.ts';

const MEMBERS = ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL', 'redirectTo'] as const;
/** `//host` and `/\host` are other sites to a browser; it also drops tabs and line breaks. */
// oxlint-disable-next-line no-control-regex -- they are what is refused
const LOCAL_PATH = /^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/;

/** @param given a body's members, or a query's. @throws PC_API_INVALID */
export function checkReturnPaths(given: Readonly<Record<string, unknown>>): void {
  for (const name of MEMBERS) {
    const value = given[name];
    if (value === undefined || (typeof value === 'string' && LOCAL_PATH.test(value))) continue;
    const problem = { pointer: `/${name}`, message: 'Expected a path of this gateway, such as /servers.' };
    throw new PortcullisError('PC_API_INVALID', {}, { problems: [problem] });
  }
}
