/** The servers of servers.json: what is started, what is asked of it, and the folder that it may work in. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '../kit/chromium.ts';
import { partFile } from '../kit/index.ts';
import type { Era } from './conversation.ts';

export interface Call {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

export interface HttpServing {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly host?: string;
  readonly transport?: 'http' | 'sse';
  /** The token that the server itself asks for. */
  readonly bearer?: string;
}

/** `{folder}`, `{port}` and `{chromium}` stand for a folder of the server's own, a free port and the browser. */
export interface RealServer {
  readonly name: string;
  readonly version: string;
  /** The Node.js file of the package that starts it. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly eras?: readonly Era[];
  /** What clients say that they can: every set is tried. */
  readonly capabilities?: readonly Record<string, unknown>[];
  /** Changes nothing and gives the same answer every time; also an unknown tool, where every other needs a network. */
  readonly call: Call;
  /** The call that the second policy denies. */
  readonly deny?: Call;
  /** Expressions for what differs from one run to the next without a gateway, too. */
  readonly differs?: readonly string[];
  readonly http?: readonly HttpServing[];
  /** Part of `npm test`. The others are installed by `npm run test:transparency`. */
  readonly quick?: true;
  /** Why it cannot be run. */
  readonly skip?: string;
}

export const SERVERS = JSON.parse(
  readFileSync(new URL('servers.json', import.meta.url), 'utf8'),
) as readonly RealServer[];

const PARTS = fileURLToPath(new URL('parts/node_modules', import.meta.url));

export const scriptOf = ({ name, script, quick }: RealServer): string =>
  quick === true ? partFile(`${name}/${script}`) : join(PARTS, name, script);

/** A value of the file with its placeholders filled. */
export function fill<T>(value: T, folder: string, port = 0): T {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll('{folder}', folder)
      .replaceAll('{port}', String(port))
      .replaceAll('{chromium}', chromiumPath),
  ) as T;
}

/** A folder with what the harmless calls look at. */
export function workFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-real-')));
  const ada = { type: 'entity', name: 'Ada', entityType: 'person', observations: ['counts'] };
  writeFileSync(join(folder, 'note.txt'), 'A note.\n');
  writeFileSync(join(folder, 'memory.jsonl'), `${JSON.stringify(ada)}\n`);
  writeFileSync(join(folder, 'kubeconfig'), KUBECONFIG);
  mkdirSync(join(folder, 'repository'));
  execFileSync('git', ['init', '-q', '-b', 'main', join(folder, 'repository')]);
  return folder;
}

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: none, cluster: { server: 'https://127.0.0.1:1' } }]
users: [{ name: none, user: { token: none } }]
contexts: [{ name: none, context: { cluster: none, user: none } }]
current-context: none
`;
