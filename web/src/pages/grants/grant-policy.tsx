import { CONFIGURATION } from '../../api/changed.ts';
import { call } from '../../api/call.ts';
import type { Grant, Inventory } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { announce } from '../../ui/announcer.ts';
import { Select } from '../../ui/select.tsx';

/** The policy that a grant carries, changed in place; can be undone. */
export function GrantPolicy({
  item,
  grant,
  disabled,
}: {
  readonly item: Inventory;
  readonly grant: Grant;
  readonly disabled: boolean;
}) {
  const change = useChange({
    run: (policyId: string | null) =>
      call('PATCH /grants/{id}', { path: { id: grant.id }, body: { policyId } }),
    touches: CONFIGURATION,
  });
  const attach = (policyId: string | null): void => {
    const before = grant.policyId;
    change.mutate(policyId, {
      onSuccess: () =>
        announce(
          policyId === null ? 'Without a policy, every call is denied.' : 'The next call is judged by it.',
          'good',
          () => change.mutate(before),
        ),
      onError: (error) => announce(error.message, 'bad'),
    });
  };
  return (
    <div className="w-52">
      <Select
        aria-label={
          grant.servers.length > 1
            ? `Policy of ${grant.label} on ${item.server.name}`
            : `Policy of ${grant.label}`
        }
        value={grant.policyId ?? ''}
        disabled={disabled || change.isPending}
        onChange={(id) => attach(id === '' ? null : id)}
        choices={[
          { value: '', text: 'No policy: all denied' },
          ...item.policies.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
    </div>
  );
}
