import { useState } from 'react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Inventory, Policy } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMe } from '../../app/use-me.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ClientConfiguration } from './client-configuration.tsx';
import { FirstCall } from './first-call.tsx';

/** Mints the grant, shows what to paste, and waits for the first call. */
export function ConnectStep({ item, policy }: { readonly item: Inventory; readonly policy: Policy }) {
  const { may } = useMe();
  const [label, setLabel] = useState('my-first-client');
  const mint = useChange({
    run: () =>
      call('POST /servers/{id}/grants', {
        path: { id: item.server.id },
        body: { label, policyId: policy.id },
      }),
    touches: CONFIGURATION,
  });
  if (!may('admin'))
    return <Notice>Only admins mint grants. Ask one of yours for a grant with this policy.</Notice>;
  if (mint.data !== undefined)
    return (
      <div className="space-y-4">
        <ClientConfiguration server={item.server} token={mint.data.token} />
        <FirstCall grantId={mint.data.id} />
      </div>
    );
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        mint.mutate(undefined);
      }}
    >
      <Field label="Who will call?" hint="One grant for each client, so that the log tells them apart">
        {(ids) => <TextInput {...ids} required maxLength={200} value={label} onChange={setLabel} />}
      </Field>
      {mint.isError && <ProblemNotice error={mint.error} what="The grant could not be minted" />}
      <Button look="main" type="submit" busy={mint.isPending}>
        Mint a grant
      </Button>
    </form>
  );
}
