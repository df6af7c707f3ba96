import type { Command } from 'commander';
import { openCatalog } from '../../catalog/index.ts';
import { withInstallation, type Io } from '../io.ts';

export function catalogExport(group: Command, io: Io): void {
  group
    .command('export')
    .description('all servers with their tools, one JSON object a line')
    .action(() =>
      withInstallation(io, async ({ store }) => {
        const catalog = openCatalog(store);
        let cursor: string | undefined;
        do {
          const page = await catalog.searchServers(
            {},
            { limit: 100, ...(cursor !== undefined && { cursor }) },
          );
          for (const server of page.items)
            io.out(JSON.stringify({ ...server, tools: await catalog.tools(server.slug) }));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined && !io.signal.aborted);
      }),
    );
}
