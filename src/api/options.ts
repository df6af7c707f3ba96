import type { Registry as MetricsRegistry } from 'prom-client';
import type { DecisionLog } from '../audit/index.ts';
import type { Gateway, Logger } from '../gateway/index.ts';
import type { Registry } from '../registry/index.ts';

/** What the API stands on. */
export interface ApiOptions {
  readonly environment: {
    /** What clients use; every URL in an answer begins with it. */
    readonly publicUrl: string;
    /** The address that is listened on. */
    readonly host: string;
    /** An API key with the admin role. */
    readonly adminKey?: string | undefined;
  };
  readonly installation: { readonly registry: Registry };
  readonly gateway: Gateway;
  readonly log: Pick<DecisionLog, 'settled'>;
  readonly logger: Logger;
  /** Where metrics are collected; one of its own unless given. */
  readonly metrics?: MetricsRegistry;
}
