import { ApprovalDesk, type Approver } from '../approvals/index.ts';
import { nextId } from '../registry/index.ts';
import { derivedKey, loadDerivationKey } from '../store/index.ts';
import type { Installation } from './installation.ts';
import { cliActor } from './io.ts';

/** The desk without a log: a running gateway, or the next one, writes down what is decided here. */
export async function approvalDesk({ store, registry, masterKey }: Installation): Promise<ApprovalDesk> {
  const { box, now } = registry;
  const derivationKey = await loadDerivationKey(store, box, masterKey);
  return new ApprovalDesk({
    store,
    box,
    now,
    newId: () => nextId(registry),
    digestKey: derivedKey(derivationKey, 'portcullis argument digests'),
  });
}

/** Whoever can read the master key may decide as an admin; named approvers are named `command line (user)`. */
export function cliApprover(): Approver {
  return { id: cliActor().name, via: 'cli', holds: () => true };
}
