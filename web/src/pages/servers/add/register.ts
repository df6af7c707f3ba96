import { call } from '../../../api/call.ts';
import type { Server, ServerInput } from '../../../api/types.ts';

export interface Registered {
  readonly server: Server;
  /** What was found when the server was asked; undefined when it could not be asked. */
  readonly toolCount: number | undefined;
  readonly error: unknown;
}

/** Registers a server and asks it for its tools at once, so that what is wrong shows now; one that wants a person first is not asked. @throws ApiProblem when it is refused */
export async function register(input: ServerInput): Promise<Registered> {
  const server = await call('POST /servers', { body: input });
  if (server.auth.kind === 'oauth') return { server, toolCount: undefined, error: undefined };
  try {
    const page = await call('POST /servers/{id}/tools/refresh', {
      path: { id: server.id },
      query: { limit: 500 },
    });
    return { server, toolCount: page.items.length, error: undefined };
  } catch (error) {
    return { server, toolCount: undefined, error };
  }
}
