/**
 * Sessions are not authentication: a session id opens only together with the grant and the server that it was made for.
 * The id that clients carry holds the upstream's own id and the negotiated version, sealed with an HMAC, so that any node,
 * also after a restart, can go on with it and nobody can make one up.
 */
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { derivedKey } from '../store/index.ts';
import type { ProtocolVersion } from '../wire/index.ts';

export interface SessionFacts {
  /** The upstream's Mcp-Session-Id, or the gateway's own key of a child process or SSE stream. */
  readonly upstreamId: string;
  readonly version: ProtocolVersion;
  /** What the client called itself in `initialize`; at most 64 characters each. */
  readonly clientName: string | undefined;
  readonly clientVersion: string | undefined;
  /** Whether the client can show its user a page (URL elicitation, MCP 2025-11-25). */
  readonly elicitsUrl?: boolean;
}

export interface Binder {
  sealSession(facts: SessionFacts, server: string, grant: string): string;
  /** Undefined when the id was not made by this installation for this server and grant. */
  openSession(id: string, server: string, grant: string): SessionFacts | undefined;
  /** Marks an upstream's `requestState` as belonging to a grant. */
  sealState(state: string, server: string, grant: string): string;
  openState(sealed: string, server: string, grant: string): string | undefined;
}

/** @param derivationKey the HMAC key is derived from it */
export function createBinder(derivationKey: Buffer): Binder {
  const key = createSecretKey(derivedKey(derivationKey, 'portcullis session binding'));
  return {
    sealSession(facts, server, grant) {
      const payload = Buffer.from(
        JSON.stringify([
          facts.upstreamId,
          facts.version,
          clip(facts.clientName),
          clip(facts.clientVersion),
          ...(facts.elicitsUrl === true ? [true] : []),
        ]),
      ).toString('base64url');
      return `${payload}.${mac(key, 'session', server, grant, payload)}`;
    },
    openSession(id, server, grant) {
      const payload = opened(key, 'session', server, grant, id);
      if (payload === undefined) return undefined;
      const [upstreamId, version, clientName, clientVersion, elicitsUrl] = JSON.parse(
        Buffer.from(payload, 'base64url').toString(),
      ) as [string, ProtocolVersion, string | null, string | null, boolean?];
      return {
        upstreamId,
        version,
        clientName: clientName ?? undefined,
        clientVersion: clientVersion ?? undefined,
        ...(elicitsUrl === true ? { elicitsUrl } : {}),
      };
    },
    sealState(state, server, grant) {
      return `${state}.${mac(key, 'state', server, grant, state)}`;
    },
    openState(sealed, server, grant) {
      return opened(key, 'state', server, grant, sealed);
    },
  };
}

const MAC_LENGTH = 22;

function mac(key: KeyObject, purpose: string, server: string, grant: string, payload: string): string {
  return createHmac('sha256', key)
    .update(`${purpose}\n${server}\n${grant}\n${payload}`)
    .digest('base64url')
    .slice(0, MAC_LENGTH);
}

function opened(
  key: KeyObject,
  purpose: string,
  server: string,
  grant: string,
  sealed: string,
): string | undefined {
  const cut = sealed.length - MAC_LENGTH - 1;
  if (cut < 0 || sealed[cut] !== '.') return undefined;
  const payload = sealed.slice(0, cut);
  const given = Buffer.from(sealed.slice(cut + 1));
  const right = Buffer.from(mac(key, purpose, server, grant, payload));
  return given.length === right.length && timingSafeEqual(given, right) ? payload : undefined;
}

function clip(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, 64);
}
