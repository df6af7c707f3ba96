/**
 * Asks servers for what they list, a few at a time. A started server gets a clean environment: what it needs to run at
 * all and what its configuration states. It ends, with all that it started, before its answer is used.
 */
import type { ScannedServer, ServerCatalogue, ServerTarget, StatedServer } from '../../catalog/index.ts';
import { PortcullisError } from '../../errors.ts';
import { askServer, type ServerAddress, type ServerAnswer } from '../../gateway/index.ts';
import { systemClock } from '../clock.ts';
import { createLogger } from '../logger.ts';
import { fillIn } from './fill-in.ts';
import type { Machine } from './known-files.ts';

export interface AskOptions {
  readonly machine: Machine;
  /** ms for each server. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called with one line for each server that is done. */
  readonly progress: (line: string) => void;
}

const AT_ONCE = 4;
/** What a program needs to run at all; Windows needs a few more. */
const INHERITED = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  ...(process.platform === 'win32'
    ? ['SYSTEMROOT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP', 'PATHEXT', 'COMSPEC']
    : []),
];

/** In the order given; a server that does not answer has its trouble. */
export async function askServers(
  servers: readonly StatedServer[],
  options: AskOptions,
): Promise<ScannedServer[]> {
  const answers: ScannedServer[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < servers.length; index = next++) {
      const stated = servers[index]!;
      const answer = await ask(stated, options);
      answers[index] = answer;
      done += 1;
      const outcome =
        answer.catalogue === undefined ? answer.trouble : `${answer.catalogue.tools.length} tools`;
      options.progress(`${done}/${servers.length} ${stated.name}: ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, servers.length) }, work));
  return answers;
}

async function ask(stated: StatedServer, options: AskOptions): Promise<ScannedServer> {
  const target = fillIn(stated.target, options.machine);
  if (!('transport' in target)) return { stated, trouble: `cannot be filled in here: ${target.join(', ')}` };
  if (options.signal.aborted) return { stated, trouble: 'the scan was stopped' };
  try {
    const answer = await askServer(addressOf(target), {
      name: stated.name,
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      logger: createLogger('silent'),
      clock: systemClock,
    });
    return { stated, catalogue: catalogueOf(answer) };
  } catch (error) {
    if (error instanceof PortcullisError) return { stated, trouble: error.message };
    throw error;
  }
}

function addressOf(target: ServerTarget): ServerAddress {
  if (target.transport !== 'stdio') return target;
  const [program = '', ...rest] = target.command;
  const { env, cwd } = target;
  return {
    transport: 'stdio',
    command: [program, ...rest],
    env,
    inherit: INHERITED,
    ...(cwd !== undefined && { cwd }),
  };
}

function catalogueOf({ tools, others, instructions, serverInfo, unreadable }: ServerAnswer): ServerCatalogue {
  const values = (list: typeof tools | undefined): ServerCatalogue['tools'] | undefined =>
    list?.map(({ value }) => value);
  return {
    serverInfo,
    instructions,
    tools: values(tools) ?? [],
    prompts: values(others.prompts),
    resources: values(others.resources),
    resourceTemplates: values(others.resourceTemplates),
    unreadable,
  };
}
