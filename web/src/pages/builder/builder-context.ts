import { createContext, useContext } from 'react';
import type { JSONPath } from 'jsonc-parser';
import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Server, Tool } from '../../api/types.ts';
import { writtenOut } from '../../policy/canonical.ts';
import { appendAt, removeAt, setAt } from '../../policy/text-edits.ts';
import type { PolicyText } from './use-policy-text.ts';

/** What every part of the builder works on. */
export interface BuilderState {
  readonly server: Server;
  readonly tools: readonly Tool[];
  readonly policy: PolicyText;
  /** The last text that could be read, in its canonical form: what the builder shows while the JSON is being typed. */
  readonly document: PolicyDocument;
  /** It may be looked at only. */
  readonly readOnly: boolean;
  /** The decision that a rule is to be made from. */
  readonly call?: string | undefined;
}

export const BuilderContext = createContext<BuilderState | undefined>(undefined);

export function useBuilder() {
  const state = useContext(BuilderContext);
  if (state === undefined) throw new Error('This part belongs into a builder.');
  const { edit } = state.policy;
  return {
    ...state,
    set: (path: JSONPath, value: unknown): void =>
      edit((text) => setAt(writtenOut(text, path), path, value), JSON.stringify(path)),
    append: (path: JSONPath, value: unknown): void =>
      edit((text) => appendAt(writtenOut(text, path), path, value)),
    remove: (path: JSONPath): void => edit((text) => removeAt(writtenOut(text, path), path)),
  };
}
