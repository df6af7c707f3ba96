import { Connections } from '../connections/index.ts';
import { createAddressGuard, UpstreamAuthorization } from '../upstreams/index.ts';
import type { Environment } from './environment.ts';
import type { Installation } from './installation.ts';

/** The sign-ins of an installation. */
export function openConnections(
  { publicUrl, allowPrivateUpstreams }: Environment,
  { store, registry: { box, now } }: Installation,
): Connections {
  const guard = createAddressGuard({ allowPrivate: allowPrivateUpstreams });
  return new Connections({
    store,
    box,
    now,
    publicUrl,
    authorization: new UpstreamAuthorization({ guard, publicUrl, now }),
  });
}
