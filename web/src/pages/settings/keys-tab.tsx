import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeySquare, Plus } from 'lucide-react';
import { listAll } from '../../api/list-all.ts';
import { call } from '../../api/call.ts';
import type { ApiKey } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Shown } from '../../ui/shown.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';

/** Keys for programs that use the REST API. */
export function KeysTab() {
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<ApiKey>();
  const keys = useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => listAll('GET /api-keys', { signal }),
  });
  const make = (
    <Button look="main" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      New key
    </Button>
  );
  return (
    <div className="max-w-3xl">
      <Shown query={keys} what="The API keys could not be read">
        {(all) => (
          <Card flush title="API keys" actions={all.length > 0 && make}>
            {all.length === 0 ? (
              <EmptyState icon={KeySquare} title="No API keys" action={make}>
                A key lets a program use the REST API with a role. MCP clients need none: they use grants.
              </EmptyState>
            ) : (
              <ul className="divide-y">
                {all.map((key) => (
                  <li key={key.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-2.5">
                    <div className="min-w-0">
                      <p className="flex items-center gap-2 font-medium">
                        <Untrusted text={key.label} most={100} />
                        <Badge>{key.role.replace('_', ' ')}</Badge>
                      </p>
                      <p className="text-[0.8125rem] text-soft">
                        made <TimeAgo time={key.createdAt} /> ·{' '}
                        {key.lastUsedAt === null ? (
                          'never used'
                        ) : (
                          <>
                            used <TimeAgo time={key.lastUsedAt} />
                          </>
                        )}
                        {key.expiresAt !== null && (
                          <>
                            {' '}
                            · ends <TimeAgo time={key.expiresAt} />
                          </>
                        )}
                      </p>
                    </div>
                    <Button small look="danger" onClick={() => setRemoving(key)}>
                      Remove
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        )}
      </Shown>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {removing && (
        <ConfirmDialog
          title={`Remove the key ${removing.label}`}
          action="Remove it"
          onClose={() => setRemoving(undefined)}
          onConfirm={async () => {
            await call('DELETE /api-keys/{id}', { path: { id: removing.id } });
            await client.invalidateQueries({ queryKey: ['api-keys'] });
          }}
        >
          Programs that use it are refused from now on. This cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
