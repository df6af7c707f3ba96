/** The bundled index as an importer brings it. Loaded only when it is asked for: it is a file of its own in the build. */
import type { AssessedImport, ImportedServer } from '../library/types.ts';
import type { StarterServer, StarterTool } from './types.ts';

export async function readStarter(): Promise<readonly ImportedServer[]> {
  // As text: a module is kept for ever, and what is parsed from it is not.
  const { default: text } = await import('./servers.json?raw');
  return (JSON.parse(text) as readonly StarterServer[]).map(imported);
}

function imported(server: StarterServer): ImportedServer {
  return {
    title: server.title,
    version: server.version,
    transports: ['stdio'],
    language: 'typescript',
    packages: [{ registry: 'npm', name: server.package, version: server.version }],
    repository: server.repository ?? undefined,
    homepage: `https://www.npmjs.com/package/${server.package}`,
    assessed: server.tools.map(assessed),
    source: { source: 'starter', url: null, at: Date.parse(server.seen) },
  };
}

function assessed({ name, parameters, evidence, ...assessment }: StarterTool): AssessedImport {
  return {
    name,
    parameters: parameters.map((text) => {
      const [, called = '', optional, type = 'any'] = /^(.*?)(\??): (.*)$/s.exec(text) ?? [];
      return { name: called, type, required: optional === '' };
    }),
    assessment: {
      ...assessment,
      evidence: evidence.map(([place, words, says, weight]) => ({ place, words, says, weight })),
    },
  };
}
