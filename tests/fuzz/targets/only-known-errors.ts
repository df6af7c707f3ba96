/** The oracle that all targets share: what refuses, refuses by an entry of the table of errors. */
import { PortcullisError } from '../../../src/errors.ts';

/** The value, or the code of the refusal. @throws whatever else was thrown */
export function onlyKnownErrors<T>(run: () => T): { readonly value: T } | { readonly code: string } {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof PortcullisError) return { code: error.code };
    throw error;
  }
}
