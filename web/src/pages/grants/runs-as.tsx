import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../../api/queries/members.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

/** As whom a grant's calls run, at a server where everybody signs in for themself. */
export function RunsAs({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (personId: string) => void;
}) {
  const { data: members = [] } = useQuery(membersQuery());
  return (
    <Field label="Runs as" hint="Whoever it is must connect for themself; it does not change later">
      {(ids) => (
        <Select
          {...ids}
          value={value}
          onChange={onChange}
          choices={[
            { value: '', text: 'Nobody: every call is refused' },
            ...members.map(({ personId, name, email }) => ({ value: personId, text: `${name} (${email})` })),
          ]}
        />
      )}
    </Field>
  );
}
