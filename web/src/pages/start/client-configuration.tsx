import { useState } from 'react';
import type { Server } from '../../api/types.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CLIENTS } from './client-configurations.ts';

/** Ready to paste into a client. */
export function ClientConfiguration({
  server,
  token,
}: {
  readonly server: Pick<Server, 'slug' | 'gatewayUrl'>;
  readonly token: string;
}) {
  const [id, setId] = useState(CLIENTS[0]!.id);
  const client = CLIENTS.find((one) => one.id === id)!;
  return (
    <div className="space-y-3">
      <Segmented
        label="Client"
        value={id}
        onChange={setId}
        segments={CLIENTS.map(({ id: value, name }) => ({ value, text: name }))}
      />
      <p className="text-[0.8125rem] text-soft">{client.place}</p>
      <CodeBlock
        label={`Configuration for ${client.name}`}
        code={client.text({ slug: server.slug, url: server.gatewayUrl, token })}
      />
      <p className="text-[0.8125rem] text-soft">
        The token is a secret: whoever has it calls with this grant. An admin can show it again, rotate it or
        revoke it.
      </p>
    </div>
  );
}
