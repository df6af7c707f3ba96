import { call } from '../../../api/call.ts';
import type { Server, ServerInput } from '../../../api/types.ts';

export interface Listed {
  /** What was found when the server was asked; undefined when it could not be asked. */
  readonly toolCount: number | undefined;
  readonly error: unknown;
}

export interface Registered extends Listed {
  readonly server: Server;
}

/** Registers a server and asks it for its tools at once, so that what is wrong shows now; one that wants a person first is not asked. @throws ApiProblem when it is refused */
export async function register(input: ServerInput): Promise<Registered> {
  const server = await call('POST /servers', { body: input });
  if (server.auth.kind === 'oauth') return { server, toolCount: undefined, error: undefined };
  return { server, ...(await listTools(server.id)) };
}

/** Asks a server for its tools. Never throws: what went wrong is in the answer. */
export async function listTools(id: string): Promise<Listed> {
  try {
    const page = await call('POST /servers/{id}/tools/refresh', { path: { id }, query: { limit: 500 } });
    return { toolCount: page.items.length, error: undefined };
  } catch (error) {
    return { toolCount: undefined, error };
  }
}
