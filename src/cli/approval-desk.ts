import { ApprovalDesk, type Approver } from '../approvals/index.ts';
import { nextId } from '../registry/index.ts';
import { derivedKey } from '../store/index.ts';
import type { Installation } from './installation.ts';
import { cliActor } from './io.ts';

/** The desk without a log: a running gateway, or the next one, writes down what is decided here. */
export function approvalDesk({ store, registry, masterKey }: Installation): ApprovalDesk {
  return new ApprovalDesk({
    store,
    box: registry.box,
    now: registry.now,
    newId: () => nextId(registry),
    digestKey: derivedKey(masterKey, 'portcullis argument digests'),
  });
}

/** Whoever can read the master key may decide as an admin; named approvers are named `command line (user)`. */
export function cliApprover(): Approver {
  return { id: cliActor().name, via: 'cli', holds: () => true };
}
