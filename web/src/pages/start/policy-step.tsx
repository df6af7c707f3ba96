import { Link } from '@tanstack/react-router';
import type { PolicyDocument } from '../../../../src/policy/document.ts';
import type { Inventory, Policy } from '../../api/types.ts';
import { useMe } from '../../app/use-me.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { EffectCounts } from '../policies/effect-counts.tsx';

export function PolicyStep({
  item,
  chosen,
  onChoose,
}: {
  readonly item: Inventory;
  readonly chosen: Policy | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { may } = useMe();
  const { policies, server, tools } = item;
  return (
    <div className="space-y-3">
      {policies.length === 0 && may('policy_manager') && (
        <p className="text-soft">Choose for each tool, or paste a policy that you have.</p>
      )}
      {policies.length > 0 && (
        <Select
          aria-label="Policy"
          value={chosen?.id ?? ''}
          onChange={onChoose}
          choices={[
            ...(chosen === undefined ? [{ value: '', text: 'Choose a policy…' }] : []),
            ...policies.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
      )}
      {chosen && <EffectCounts document={chosen.document as unknown as PolicyDocument} tools={tools} />}
      {may('policy_manager') ? (
        <Link
          to="/servers/$server/policies/new"
          params={{ server: server.slug }}
          search={{ next: 'start' }}
          className={buttonClasses(policies.length === 0 ? 'main' : 'plain', policies.length > 0)}
        >
          {policies.length === 0 ? 'Build a policy' : 'Build another policy'}
        </Link>
      ) : (
        policies.length === 0 && (
          <p className="text-soft">Only policy managers and admins make policies. Ask one of yours.</p>
        )
      )}
    </div>
  );
}
