import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PolicyText } from './use-policy-text.ts';
import { useValidation } from './use-validation.ts';

/** The text is not JSON that the builder can show: a mistake, or a policy in YAML, which can become JSON. */
export function UnreadText({ policy, serverId }: { readonly policy: PolicyText; readonly serverId: string }) {
  const { validation, current } = useValidation(policy.text, serverId);
  const document = current && validation?.valid === true ? validation.document : undefined;
  return (
    <div className="mb-4">
      {document === undefined ? (
        <Notice tone="warn" title="The JSON cannot be read at the moment">
          The builder shows the last text that could be. Below the JSON stands what is wrong: mend it, or
          undo.
        </Notice>
      ) : (
        <Notice
          tone="info"
          title="This is a policy in YAML"
          action={
            <Button small onClick={() => policy.apply(`${JSON.stringify(document, null, 2)}\n`)}>
              Turn it into JSON
            </Button>
          }
        >
          It is valid, and can be saved as it is. The builder shows and changes JSON.
        </Notice>
      )}
    </div>
  );
}
