import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { Inventory } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

/** Which server a new policy is for. */
export function ChooseServer({
  servers,
  onClose,
}: {
  readonly servers: readonly Inventory[];
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const [slug, setSlug] = useState(servers[0]?.server.slug ?? '');
  return (
    <Dialog
      title="New policy"
      onClose={onClose}
      footer={
        <Button
          look="main"
          onClick={() => void navigate({ to: '/servers/$server/policies/new', params: { server: slug } })}
        >
          Build it
        </Button>
      }
    >
      <Field label="For which server?">
        {(ids) => (
          <Select
            {...ids}
            value={slug}
            onChange={setSlug}
            choices={servers.map(({ server }) => ({ value: server.slug, text: server.name }))}
          />
        )}
      </Field>
    </Dialog>
  );
}
