import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { partFile } from '../kit/index.ts';
import { describeRealServer } from './real-server.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-real-')));
const graph = join(folder, 'memory.jsonl');
writeFileSync(join(folder, 'note.txt'), 'A note.\n');
writeFileSync(
  graph,
  `${JSON.stringify({ type: 'entity', name: 'Ada', entityType: 'person', observations: ['counts'] })}\n`,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRealServer({
  name: 'server-filesystem',
  script: [partFile('@modelcontextprotocol/server-filesystem/dist/index.js'), folder],
  stdio: true,
  eras: ['legacy'],
  capabilities: [{}],
  harmless: () => ({ name: 'read_text_file', arguments: { path: join(folder, 'note.txt') } }),
  forbidden: () => ({ name: 'write_file', arguments: { path: join(folder, 'new.txt'), content: 'x' } }),
});

describeRealServer({
  name: 'server-memory',
  script: [partFile('@modelcontextprotocol/server-memory/dist/index.js')],
  env: { MEMORY_FILE_PATH: graph },
  stdio: true,
  eras: ['legacy'],
  capabilities: [{}],
  harmless: () => ({ name: 'read_graph', arguments: {} }),
  forbidden: () => ({ name: 'delete_entities', arguments: { entityNames: ['Ada'] } }),
});
