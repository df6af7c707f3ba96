import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Server, Tool } from '../../api/types.ts';
import { canonicalOf } from '../../policy/canonical.ts';
import type { Subject } from '../../policy/states.ts';
import { BuilderContext, type BuilderState } from './builder-context.ts';
import { SubjectEditor } from './rules/subject-editor.tsx';
import { SidePanel } from './side-panel.tsx';
import { SubjectList } from './subjects/subject-list.tsx';
import { UnreadText } from './unread-text.tsx';
import { useUndoKeys } from './use-undo-keys.ts';
import type { PolicyText } from './use-policy-text.ts';

const NOTHING: PolicyDocument = { version: '1', default: 'deny' };

/** The policy by clicks, and its JSON beside it: two views of one text. */
export function Builder({
  server,
  tools,
  policy,
  readOnly,
  subject: first = null,
  call,
  versions,
}: {
  readonly server: Server;
  readonly tools: readonly Tool[];
  readonly policy: PolicyText;
  readonly readOnly: boolean;
  readonly subject?: string | null;
  /** A decision about that subject, to make a rule from. */
  readonly call?: string | undefined;
  /** The tab with the history, for a policy that has one. */
  readonly versions?: ReactNode;
}) {
  const [subject, setSubject] = useState<Subject | null>(first);
  const lastRead = useRef<PolicyDocument>(NOTHING);
  if (policy.document !== undefined) lastRead.current = policy.document;
  const read = lastRead.current;
  const document = useMemo(() => canonicalOf(read), [read]);
  const state = useMemo<BuilderState>(
    () => ({ server, tools, policy, document, readOnly, call }),
    [server, tools, policy, document, readOnly, call],
  );
  useUndoKeys(policy);
  const editor = useRef<HTMLDivElement>(null);
  const choose = (next: Subject): void => {
    setSubject(next);
    // Where the rules stand below the list, choosing leads to them.
    if (window.matchMedia('(width < 64rem)').matches) editor.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <BuilderContext value={state}>
      {policy.document === undefined && <UnreadText policy={policy} serverId={server.id} />}
      <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)] xl:grid-cols-[19rem_minmax(0,1fr)_minmax(0,1fr)]">
        <SubjectList chosen={subject} onChoose={choose} />
        <div ref={editor} className="min-w-0 scroll-mt-16">
          <SubjectEditor key={String(subject)} subject={subject} />
        </div>
        <div className="min-w-0 lg:col-span-2 xl:sticky xl:top-4 xl:col-span-1">
          <SidePanel versions={versions} subject={subject} onChoose={choose} />
        </div>
      </div>
    </BuilderContext>
  );
}
