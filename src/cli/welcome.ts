/** What a new owner reads first: where it listens, and what to do next. */
import { firstOwnerLink } from '../accounts/index.ts';
import type { Environment } from './environment.ts';
import type { Installation } from './installation.ts';

export async function welcome(
  environment: Environment,
  { registry, store }: Installation,
  port: number,
): Promise<void> {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const shown = environment.host.includes(':') ? `[${environment.host}]` : environment.host;
  out(`Portcullis listening on http://${shown}:${port}`);
  if (process.versions.node.startsWith('20.'))
    out('Node.js 20 no longer gets security fixes; it works, but 24 is better.');
  const link = await firstOwnerLink({ ...registry, publicUrl: environment.publicUrl });
  if (link !== undefined) out(`Make the owner's account, once: ${link}`);
  if ((await store.servers.list()).length > 0) return;
  out(
    '1. Register a server:  npx portcullis server add orgo --url https://example.com/mcp --header "X-Api-Key: …"',
  );
  out('2. Give it a policy:   npx portcullis policy set orgo orgo-exec policy.json');
  out(
    `3. Mint a grant:       npx portcullis grant mint orgo --policy orgo-exec   and point your client at ${environment.publicUrl}/mcp/orgo`,
  );
}
