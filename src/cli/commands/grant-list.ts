import type { Command } from 'commander';
import { showGrant } from '../../api/index.ts';
import { requireServer } from '../../registry/index.ts';
import { withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';

export function grantList(group: Command, io: Io): void {
  group
    .command('list')
    .description('all grants, or those of one server')
    .argument('[server]', 'id or slug')
    .option('--json', 'print JSON')
    .action((server: string | undefined, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store }) => {
        const only = server === undefined ? undefined : (await requireServer(registry, server)).id;
        const [servers, policies, grants] = [
          await store.servers.list(),
          await store.policies.list(),
          await store.grants.list(only),
        ];
        const slugs = new Map(servers.map(({ id, slug }) => [id, slug]));
        const names = new Map(policies.map(({ id, name }) => [id, name]));
        const now = registry.now();
        printList(io, json, grants.map(showGrant), [
          [
            'SERVER',
            (grant) => grant.servers.map(({ serverId }) => slugs.get(serverId) ?? serverId).join(', '),
          ],
          ['LABEL', ({ label }) => label],
          [
            'POLICY',
            (grant) =>
              grant.servers
                .map(({ policyId }) =>
                  policyId === null ? '(none: denies)' : (names.get(policyId) ?? policyId),
                )
                .join(', '),
          ],
          ['STATE', ({ revokedAt, expiresAt }) => state(revokedAt, expiresAt, now)],
          ['FROM', ({ source }) => source],
          ['ID', ({ id }) => id],
        ]);
      }),
    );
}

function state(revokedAt: string | null, expiresAt: string | null, now: number): string {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'in force';
  return Date.parse(expiresAt) <= now ? 'expired' : `until ${expiresAt}`;
}
