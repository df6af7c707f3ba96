import { useState } from 'react';
import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Inventory } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ClientConfiguration } from '../start/client-configuration.tsx';
import { grantAddress } from './grant-address.ts';
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
    <Dialog
      title="Mint a grant"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form="mint-grant" busy={mint.isPending}>
            Mint it
          </Button>
        </>
      }
    >
      <form
        id="mint-grant"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          mint.mutate(undefined);
        }}
      >
        <MintFields items={items} value={input} onChange={setInput} />
        {mint.isError && <ProblemNotice error={mint.error} what="The grant could not be minted" />}
      </form>
    </Dialog>
  );
}

function bodyOf({ label, serverId, policyId, further, days, ownerId, ...owner }: MintInput) {
  const reached = Object.entries({ [serverId]: policyId, ...further });
  return {
    label,
    servers: reached.map(([server, policy]) => ({ server, policyId: policy === '' ? null : policy })),
    ...ownerBody(owner),
    ...(ownerId === '' ? {} : { ownerId }),
    ...(days === '' ? {} : { expiresAt: Date.now() + Number(days) * 86_400_000 }),
  };
}
