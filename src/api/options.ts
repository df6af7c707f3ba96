import type { Registry as MetricsRegistry } from 'prom-client';
import type { Alerts } from '../alerts/index.ts';
import type { ApprovalDesk } from '../approvals/index.ts';
import type { DecisionLog } from '../audit/index.ts';
import type { AccountSettings } from '../accounts/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Gateway, Logger } from '../gateway/index.ts';
import type { CatalogParts } from './catalog-pages.ts';
import type { Registry } from '../registry/index.ts';
import type { TraceCounts } from '../telemetry/index.ts';

/** What the API stands on. */
export interface ApiOptions {
  readonly environment: {
    /** What clients use; every URL in an answer begins with it. */
    readonly publicUrl: string;
    /** The address that is listened on. */
    readonly host: string;
    /** Proxies in front, whose X-Forwarded-For is believed. */
    readonly trustedProxies?: readonly string[];
    /** Ways to sign in. */
    readonly accounts: AccountSettings;
    /** An API key with the admin role. */
    readonly adminKey?: string | undefined;
  };
  readonly installation: { readonly registry: Registry };
  readonly gateway: Gateway;
  readonly desk: ApprovalDesk;
  readonly alerts: Alerts;
  readonly connections: Connections;
  readonly log: Pick<DecisionLog, 'settled'>;
  /** Of the traces that are sent. */
  readonly traces?: TraceCounts;
  readonly logger: Logger;
  /** What the catalogue's public pages show instead of the index. */
  readonly catalog?: Partial<CatalogParts>;
  /** Where metrics are collected; one of its own unless given. */
  readonly metrics?: MetricsRegistry;
}
