import { PortcullisError, type Problem } from '../errors.ts';

/** @throws PC_API_INVALID when there is any problem */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new PortcullisError('PC_API_INVALID', {}, { problems });
}

export function invalid(pointer: string, message: string): PortcullisError {
  return new PortcullisError('PC_API_INVALID', {}, { problems: [{ pointer, message }] });
}

/** What nobody could ever use is not made. @throws PC_API_INVALID for an end that is past */
export function refusePast(expiresAt: number | null | undefined, now: number): void {
  if (expiresAt !== null && expiresAt !== undefined && expiresAt <= now)
    throw invalid('/expiresAt', `Expected a time to come; it is ${new Date(now).toISOString()}.`);
}

/** One token of a JSON Pointer (RFC 6901). */
export function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The row, or PC_API_NOT_FOUND. */
export function found<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new PortcullisError('PC_API_NOT_FOUND', { what });
  return row;
}

/** Whether there is nothing at all at a path, as against something wrong. */
export function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let member = value;
  for (const part of path) {
    if (typeof member !== 'object' || member === null) return false;
    member = (member as Record<PropertyKey, unknown>)[part];
  }
  return member === undefined;
}
