import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillIn } from './fill-in.ts';
import { fileNamed, knownFiles, type Machine } from './known-files.ts';
import { readConfigurationFile, type ReadConfiguration } from './read-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, text: string): Promise<ReadConfiguration> {
  const path = join(folder, name);
  await writeFile(path, text);
  return (await readConfigurationFile(fileNamed(path), folder))!;
}

const machine = (platform: string): Machine => ({
  platform,
  home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me',
  cwd: platform === 'win32' ? 'C:\\work' : '/project',
  variables: {},
});

describe('a configuration file', () => {
  it('of plain JSON gives its servers with their places', async () => {
    const text = `{
  "mcpServers": {
    "local": {
      "command": "npx",
      "args": ["-y", "thing@1.0.0"],
      "env": { "KEY": "\${KEY}" },
      "disabled": true
    },
    "far": { "serverUrl": "https://example.com/sse", "headers": { "A": "b" } }
  }
}`;
    const { entries, findings, file } = await read('mcp.json', text);
    expect([findings, file]).toEqual([[], 'mcp.json']);
    expect(entries.map(({ stated, off }) => [stated.name, off, stated.target])).toEqual([
      ['local', true, { transport: 'stdio', command: ['npx', '-y', 'thing@1.0.0'], env: { KEY: '${KEY}' } }],
      ['far', false, { transport: 'sse', url: 'https://example.com/sse', headers: { A: 'b' } }],
    ]);
    expect(entries[0]!.stated.places.get('args/1')).toEqual({ file: 'mcp.json', line: 5, column: 22 });
    expect(entries[0]!.stated.places.get('env/KEY')!.line).toBe(6);
    expect(entries[1]!.stated.source!.line).toBe(9);
  });

  it('of VS Code may have comments, inputs and a servers member', async () => {
    const text = `{
  // what we use
  "inputs": [{ "id": "token", "type": "promptString" }],
  "servers": { "a": { "type": "http", "url": "https://example.com/mcp", "headers": { "X": "\${input:token}" }, }, },
}`;
    const { entries, findings } = await read('vs.json', text);
    expect(findings).toEqual([]);
    expect(entries[0]!.stated.target.transport).toBe('http');
    expect(fillIn(entries[0]!.stated.target, machine('linux'))).toEqual(['${input:token}']);
  });

  it('of Claude Code gives the servers of every project', async () => {
    const one = { command: 'a' };
    const text = JSON.stringify({
      mcpServers: { x: one },
      projects: { '/p': { mcpServers: { y: one } }, '/q': {} },
    });
    expect((await read('.claude.json', text)).entries.map(({ stated }) => stated.name)).toEqual(['x', 'y']);
  });

  it('of Codex is TOML', async () => {
    const text = `model = "x" # a comment
notes = """
[mcp_servers.not_this]
"""
[mcp_servers.docs]
command = "npx"
args = [
  "-y", # yes
  'docs-server',
]
env = { "LEVEL" = "1", TOKEN = "a\\u0062c" }
env_vars = ["HOME_TOKEN"]
startup_timeout_sec = 20.5

[mcp_servers."far away"]
url = "https://example.com/mcp"
bearer_token_env_var = "FAR"
enabled = false
[mcp_servers."far away".http_headers]
X-Team = "north"
`;
    const { entries, findings } = await read('config.toml', text);
    expect(findings).toEqual([]);
    expect(entries.map(({ stated, off }) => [stated.name, off, stated.target])).toEqual([
      [
        'docs',
        false,
        {
          transport: 'stdio',
          command: ['npx', '-y', 'docs-server'],
          env: { LEVEL: '1', TOKEN: 'abc', HOME_TOKEN: '${env:HOME_TOKEN}' },
        },
      ],
      [
        'far away',
        true,
        {
          transport: 'http',
          url: 'https://example.com/mcp',
          headers: { 'X-Team': 'north', Authorization: 'Bearer ${env:FAR}' },
        },
      ],
    ]);
    expect(entries[0]!.stated.places.get('args/1')!.line).toBe(9);
  });

  it.each([
    ['bad.json', '{ "mcpServers": { "a": ', /not JSON/],
    ['bad.json', '[]', /no JSON object/],
    ['bad.json', '{"mcpServers":{"a":{"command":"x","args":"y"}}}', /a: command and args must be texts/],
    ['bad.json', '{"mcpServers":{"a":{"args":[]}}}', /a has neither a command nor a url/],
    ['bad.json', '{"mcpServers":{"a":{"command":"x","envFile":".env"}}}', /a: envFile is not supported/],
    ['bad.json', '{"mcpServers":{"a":{"type":"ws","url":"wss://x"}}}', /a: the type ws is not supported/],
    ['bad.toml', 'a = 1\n[mcp_servers.x]\ncommand = "y', /not TOML: a string without its end/],
    ['bad.toml', '[mcp_servers.x]\ncommand = "y"\ncommand = "z"', /command stands twice/],
  ])('%s that is not understood is a finding: %s', async (name, text, expected) => {
    const { findings } = await read(name, text);
    expect(findings.map(({ id }) => id)).toContain('unreadable-configuration');
    expect(findings[0]!.evidence).toMatch(expected);
  });

  it('says the line of what is not understood', async () => {
    const { findings } = await read('line.toml', '[mcp_servers.x]\ncommand = "y"\nargs = [\n  "a" "b"\n]');
    expect(findings[0]!.source).toEqual({ file: 'line.toml', line: 4, column: 7 });
  });

  it('that is not there is none', async () => {
    expect(await readConfigurationFile(fileNamed(join(folder, 'nowhere.json')), folder)).toBeUndefined();
  });
});

describe('known files', () => {
  const paths = (platform: string): string[] =>
    knownFiles(machine(platform)).map(({ client, path }) => `${client} ${path}`);

  it('are where each system has them', () => {
    expect(paths('linux')).toEqual(
      expect.arrayContaining([
        'Claude Desktop /home/me/.config/Claude/claude_desktop_config.json',
        'Claude Code /home/me/.claude.json',
        'Claude Code /project/.mcp.json',
        'Cursor /project/.cursor/mcp.json',
        'VS Code /home/me/.config/Code/User/mcp.json',
        'Windsurf /home/me/.codeium/windsurf/mcp_config.json',
        'Codex /home/me/.codex/config.toml',
      ]),
    );
    expect(paths('darwin')).toContain(
      'Claude Desktop /home/me/Library/Application Support/Claude/claude_desktop_config.json',
    );
    expect(paths('win32')).toContain(
      'Claude Desktop C:\\Users\\me\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
    );
  });

  it('are known by their names', () => {
    expect(
      ['/a/.cursor/mcp.json', '/a/.mcp.json', 'x.json', 'x.toml'].map((path) => fileNamed(path).client),
    ).toEqual(['Cursor', 'Claude Code', 'configuration file', 'Codex']);
  });
});

describe('placeholders', () => {
  const filled = (word: string): unknown =>
    fillIn({ transport: 'stdio', command: [word], env: {} }, { ...machine('linux'), variables: { A: 'b' } });

  it.each([
    ['${A}/x', 'b/x'],
    ['${env:A}', 'b'],
    ['${B:-c}', 'c'],
    ['${userHome}', '/home/me'],
    ['${workspaceFolder}/s.js', '/project/s.js'],
    ['$A', '$A'],
  ])('%s becomes %s', (word, expected) => {
    expect(filled(word)).toEqual({ transport: 'stdio', command: [expected], env: {} });
  });

  it('that nobody can fill in are named', () => {
    expect(filled('${B}${input:x}')).toEqual(['${B}', '${input:x}']);
  });
});
