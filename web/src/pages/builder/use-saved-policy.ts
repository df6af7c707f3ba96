import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Policy } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import type { PolicyText } from './use-policy-text.ts';

/** What was saved last and what stands in the editor. Somebody else's version is taken over where nothing was changed, and else is `newer`. */
export function useSavedPolicy(policy: Policy, written: string, text: PolicyText) {
  const client = useQueryClient();
  const [saved, setSaved] = useState({ text: written, version: policy.version });
  const changed = text.text !== saved.text;
  const save = useChange({
    run: ({ note, document }: { readonly note: string; readonly document: string }) =>
      call('PUT /policies/{id}', {
        path: { id: policy.id },
        body: { document, ...(note === '' ? {} : { note }) },
        version: saved.version,
      }),
    touches: CONFIGURATION,
    done: 'Saved. Calls are judged by it from now on.',
    onDone: ({ version }, { document }) => setSaved({ text: document, version }),
  });
  const isConflict = save.error instanceof ApiProblem && save.error.status === 412;
  const newer = !save.isPending && policy.version > saved.version;
  const saysOther = written !== saved.text;
  useEffect(() => {
    if (isConflict) void client.invalidateQueries({ queryKey: ['policies', policy.id] });
  }, [client, isConflict, policy.id]);
  const { reset } = text;
  useEffect(() => {
    if (!newer || (changed && saysOther)) return;
    if (saysOther) reset(written);
    setSaved({ text: written, version: policy.version });
  }, [newer, changed, saysOther, reset, written, policy.version]);
  return {
    version: saved.version,
    changed,
    save,
    isConflict,
    newer: newer && changed && saysOther,
    takeTheirs: (): void => {
      save.reset();
      setSaved({ text: text.text, version: saved.version });
    },
    keepMine: (): void => {
      save.reset();
      setSaved({ text: written, version: policy.version });
    },
  };
}
