/** What a new owner reads first: where it listens, and what to do next. */
import type { Store } from '../store/index.ts';
import type { Environment } from './environment.ts';

export async function welcome(environment: Environment, store: Store, port: number): Promise<void> {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const shown = environment.host.includes(':') ? `[${environment.host}]` : environment.host;
  out(`Portcullis listening on http://${shown}:${port}`);
  if (process.versions.node.startsWith('20.'))
    out('Node.js 20 no longer gets security fixes; it works, but 24 is better.');
  if ((await store.servers.list()).length > 0) return;
  out(
    '1. Register a server:  npx portcullis server add orgo --url https://example.com/mcp --header "X-Api-Key: …"',
  );
  out('2. Give it a policy:   npx portcullis policy set orgo orgo-exec policy.json');
  out(
    `3. Mint a grant:       npx portcullis grant mint orgo --policy orgo-exec   and point your client at ${environment.publicUrl}/mcp/orgo`,
  );
}
