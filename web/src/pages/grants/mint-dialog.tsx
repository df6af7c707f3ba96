import { useState } from 'react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Inventory } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ClientConfiguration } from '../start/client-configuration.tsx';
import { grantAddress } from './grant-address.ts';
import { expiryOf } from './expiries.ts';
import { MintFields, type MintInput } from './mint-fields.tsx';
import { ownerBody } from './owner-body.ts';

/** Mints a grant, and then shows what its client needs. */
export function MintDialog({
  items,
  onClose,
}: {
  readonly items: readonly Inventory[];
  readonly onClose: () => void;
}) {
  const [input, setInput] = useState<MintInput>({
    serverId: items[0]?.server.id ?? '',
    label: '',
    policyId: items[0]?.policies[0]?.id ?? '',
    further: {},
    days: '',
    ownerId: '',
    owner: '',
    tags: '',
    addresses: '',
  });
  const item = items.find(({ server }) => server.id === input.serverId);
  const mint = useChange({
    run: () => call('POST /grants', { body: bodyOf(input) }),
    touches: CONFIGURATION,
  });
  if (mint.data !== undefined && item !== undefined)
    return (
      <Dialog
        wide
        title="The grant is minted"
        onClose={onClose}
        footer={
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        }
      >
        <ClientConfiguration server={grantAddress(item.server, mint.data)} token={mint.data.token} />
      </Dialog>
    );
  return (
    <FormDialog
      title="Mint a grant"
      action="Mint it"
      change={mint}
      failed="The grant could not be minted"
      onClose={onClose}
      onSubmit={() => mint.mutate(undefined)}
    >
      <MintFields items={items} value={input} onChange={setInput} />
    </FormDialog>
  );
}

function bodyOf({ label, serverId, policyId, further, days, ownerId, ...owner }: MintInput) {
  const reached = Object.entries({ [serverId]: policyId, ...further });
  return {
    label,
    servers: reached.map(([server, policy]) => ({ server, policyId: policy === '' ? null : policy })),
    ...ownerBody(owner),
    ...(ownerId === '' ? {} : { ownerId }),
    expiresAt: expiryOf(days),
  };
}
