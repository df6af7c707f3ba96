/** `portcullis mcp`: the catalogue as an MCP server on stdio. Standard output carries MCP and nothing else. */
import type { Command } from 'commander';
import { VERSION } from '../api/index.ts';
import { answerMessage, loadStarter, openCatalog } from '../catalog/index.ts';
import { LineReader } from '../wire/index.ts';
import { readEnvironment } from './environment.ts';
import { openInstallation } from './installation.ts';

const LARGEST_MESSAGE = 8 * 1024 * 1024;

export function mcpCommand(program: Command): void {
  program
    .command('mcp')
    .description('serve the catalogue as an MCP server on stdio: agents ask before they connect')
    .action(serve);
}

async function serve(): Promise<void> {
  const { store } = await openInstallation(readEnvironment(process.env));
  const catalog = openCatalog(store);
  await loadStarter(store, catalog);
  const lines = new LineReader(LARGEST_MESSAGE, (bytes) =>
    process.stderr.write(`portcullis: a message of ${bytes} bytes is too large and was dropped\n`),
  );
  let last = Promise.resolve();
  const answer = async (line: Buffer): Promise<void> => {
    const { body } = await answerMessage({ catalog, version: VERSION }, line, undefined);
    if (body !== null) process.stdout.write(`${body.toString()}\n`);
  };
  const take = (received: readonly Buffer[]): void => {
    for (const line of received) last = last.then(() => answer(line));
  };
  process.stdin.on('data', (chunk: Buffer) => take(lines.push(chunk)));
  process.stdin.on('end', () => {
    take(lines.end());
    void last.finally(() => store.close());
  });
}
