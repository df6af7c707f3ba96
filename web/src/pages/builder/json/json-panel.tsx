import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { policySchemaQuery } from '../../../api/queries/policies.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useBuilder } from '../builder-context.ts';
import { useValidation } from '../use-validation.ts';
import { CodeEditor } from './code-editor.tsx';
import { policyCompletion } from './policy-completion.ts';
import { ProblemList } from './problem-list.tsx';

/** The policy's JSON: completed and checked by its schema and by the tools that the server has. */
export function JsonPanel() {
  const { policy, readOnly, server, tools } = useBuilder();
  const { data: schema } = useQuery(policySchemaQuery());
  const { validation, current } = useValidation(policy.text, server.id);
  const complete = useMemo(() => policyCompletion(schema ?? {}, tools), [schema, tools]);
  return (
    <div className="space-y-3">
      <div className="relative">
        <div className="absolute top-2 right-4 z-10">
          <CopyButton text={policy.text} />
        </div>
        <CodeEditor
          label="Policy as JSON"
          text={policy.text}
          onChange={(text) => policy.apply(text, 'typing')}
          readOnly={readOnly}
          complete={complete}
          places={
            current && validation !== undefined ? [...validation.errors, ...(validation.warnings ?? [])] : []
          }
          errorCount={validation?.errors.length ?? 0}
        />
      </div>
      <p className="text-xs text-soft">Ctrl+Space completes. Escape, then Tab leaves the editor.</p>
      <ProblemList validation={validation} />
    </div>
  );
}
