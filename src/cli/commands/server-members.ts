import { InvalidArgumentError, type Command } from 'commander';
import { listApiKeys, requireServer, serverMembersOf, setServerMembers } from '../../registry/index.ts';
import { collect } from '../arguments.ts';
import { findApiKey, memberCalled } from '../find.ts';
import { changed, cliActor, withInstallation, type Io } from '../io.ts';
import { printList } from '../print.ts';
import type { Installation } from '../installation.ts';

interface Options {
  readonly only: readonly string[];
  readonly everybody?: boolean;
  readonly json?: boolean;
}

export function serverMembers(group: Command, io: Io): void {
  group
    .command('members')
    .description('who sees a server beside admins; with options it is changed')
    .argument('<server>', 'id or slug')
    .option(
      '--only <who>',
      'a member or an API key that sees it, in place of those before; repeatable',
      collect,
      [],
    )
    .option('--everybody', 'everybody of the organization')
    .option('--json', 'print JSON')
    .action((server: string, { only, everybody, json }: Options) => {
      if (everybody === true && only.length > 0)
        throw new InvalidArgumentError('--only and --everybody: one of them');
      return withInstallation(io, async (installation) => {
        const { registry } = installation;
        const { id } = await requireServer(registry, server);
        if (everybody === true || only.length > 0) {
          const ids = everybody === true ? null : await idsOf(installation, only);
          await changed(io, registry, () => setServerMembers(registry, cliActor(), id, ids));
        }
        const named = await serverMembersOf(registry, id);
        if (named === null) return io.out(json === true ? 'null' : 'everybody of the organization');
        printList(io, json, await described(installation, named), [
          ['WHO', ({ name }) => name],
          ['KIND', ({ kind }) => kind],
          ['ID', (one) => one.id],
        ]);
      });
    });
}

async function idsOf({ registry, store }: Installation, wanted: readonly string[]): Promise<string[]> {
  const people = await store.accounts.members.list(registry.organization);
  const ids: string[] = [];
  for (const who of wanted)
    ids.push(memberCalled(people, who)?.userId ?? (await findApiKey(registry, who)).id);
  return ids;
}

async function described({ registry, store }: Installation, ids: readonly string[]) {
  const people = await store.accounts.members.list(registry.organization);
  const keys = await listApiKeys(registry);
  return ids.map((id) => {
    const email = people.find(({ userId }) => userId === id)?.email;
    const label = keys.find((key) => key.id === id)?.label;
    const kind = email !== undefined ? 'person' : label !== undefined ? 'API key' : 'gone';
    return { id, name: email ?? label ?? '', kind };
  });
}
