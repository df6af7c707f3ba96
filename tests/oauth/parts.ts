/** The two real parts of this suite, typed. */
import { load } from '../parts/load.ts';

export interface AuthorizationServer {
  readonly issuer: string;
  readonly scope: string;
  /** May be changed while it runs. */
  readonly settings: { tokenSeconds: number };
  /** Token requests, in order. */
  readonly grants: { readonly type: string; readonly status: number }[];
  /** Every token, code and secret so far. */
  readonly secrets: Set<string>;
  introspect(token: string): Promise<object | undefined>;
  destroy(token: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ProtectedServer {
  readonly url: string;
  readonly seen: {
    readonly method: string;
    readonly path: string;
    readonly headers: string;
    readonly socket: number;
  }[];
  calls(): number;
  stop(): Promise<void>;
}

export async function startAuthorizationServer(options: {
  readonly tokenSeconds?: number;
  readonly registration?: boolean;
}): Promise<AuthorizationServer> {
  const module = await load<{ startAuthorizationServer: typeof startAuthorizationServer }>(
    new URL('./parts/authorization-server.mjs', import.meta.url).href,
  );
  return module.startAuthorizationServer(options);
}

export async function startProtectedServer(authorization: AuthorizationServer): Promise<ProtectedServer> {
  const module = await load<{ startProtectedServer: typeof startProtectedServer }>(
    new URL('../parts/protected-server.mjs', import.meta.url).href,
  );
  return module.startProtectedServer(authorization);
}
