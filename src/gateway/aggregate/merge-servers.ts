/** What several servers say of themselves, as one server would say it. */
import { isObject } from '../../json.ts';
import { TASKS_EXTENSION } from '../task-book.ts';
import type { Gathered } from './gather.ts';

type Members = Readonly<Record<string, unknown>>;

/** What can be read of it; anything of another type is not there. */
interface SelfDescription {
  readonly protocolVersion: string | undefined;
  readonly supportedVersions: readonly string[];
  readonly capabilities: Members;
  readonly instructions: string | undefined;
  readonly ttlMs: number;
}

/** What this endpoint can carry; anything else a server offers stays on its own path. */
const CARRIED = ['tools', 'resources', 'prompts', 'logging', 'completions', 'tasks'];
const SERVER_INFO = { name: 'portcullis', version: '1' };

function descriptionOf({ result = {} }: Gathered): SelfDescription {
  const { protocolVersion, supportedVersions, capabilities, instructions, ttlMs } = result;
  return {
    protocolVersion: text(protocolVersion),
    supportedVersions: Array.isArray(supportedVersions) ? supportedVersions.filter(isText) : [],
    capabilities: isObject(capabilities) ? capabilities : {},
    instructions: text(instructions),
    ttlMs: typeof ttlMs === 'number' ? ttlMs : 0,
  };
}

/** The oldest version that was agreed on: all servers and the client can read what it says. */
export function mergeInitialize(answers: readonly Gathered[]): object {
  const said = answers.map(descriptionOf);
  const versions = said.flatMap(({ protocolVersion }) => protocolVersion ?? []).toSorted();
  return { protocolVersion: versions[0], ...common(answers) };
}

export function mergeDiscover(answers: readonly Gathered[]): object {
  const said = answers.map(descriptionOf);
  const [first, ...rest] = said.map(({ supportedVersions }) => supportedVersions);
  return {
    resultType: 'complete',
    supportedVersions: (first ?? []).filter((version) => rest.every((other) => other.includes(version))),
    ...common(answers),
    ttlMs: Math.min(...said.map(({ ttlMs }) => ttlMs)),
    cacheScope: 'private',
  };
}

function common(answers: readonly Gathered[]): object {
  const instructions = answers.flatMap((answer) => {
    const text = descriptionOf(answer).instructions;
    return text === undefined
      ? []
      : [`${answer.caller.server.name} (${answer.caller.server.slug}__…):\n${text}`];
  });
  return {
    capabilities: mergedCapabilities(answers.map(descriptionOf)),
    serverInfo: SERVER_INFO,
    ...(instructions.length === 0 ? {} : { instructions: instructions.join('\n\n') }),
  };
}

function mergedCapabilities(said: readonly SelfDescription[]): Members {
  const merged: Record<string, Members> = {};
  for (const { capabilities } of said)
    for (const name of CARRIED)
      if (isObject(capabilities[name])) merged[name] = { ...merged[name], ...truths(capabilities[name]) };
  const offersTasks = said.some(({ capabilities: { extensions } }) => {
    return isObject(extensions) && extensions[TASKS_EXTENSION] !== undefined;
  });
  return offersTasks ? { ...merged, extensions: { [TASKS_EXTENSION]: {} } } : merged;
}

/** What one server offers is offered; that another one does not takes nothing away. */
function truths(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== false));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const text = (value: unknown): string | undefined => (isText(value) ? value : undefined);
