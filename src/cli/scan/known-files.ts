/** Where MCP clients keep their configuration, on each operating system and in a project. */
import { posix, win32 } from 'node:path';

export type FileFormat = 'json' | 'codex';

export interface KnownFile {
  readonly client: string;
  readonly path: string;
  readonly format: FileFormat;
}

export interface Machine {
  readonly platform: string;
  readonly home: string;
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** In a project, relative to its root. */
const PROJECT_FILES: readonly (readonly [client: string, path: string, format: FileFormat])[] = [
  ['Claude Code', '.mcp.json', 'json'],
  ['Cursor', '.cursor/mcp.json', 'json'],
  ['VS Code', '.vscode/mcp.json', 'json'],
  ['Codex', '.codex/config.toml', 'codex'],
];

/** Every file that may be there, those of the machine's user first. */
export function knownFiles({ platform, home, cwd, variables }: Machine): KnownFile[] {
  const { join } = platform === 'win32' ? win32 : posix;
  const data =
    platform === 'win32'
      ? (variables['APPDATA'] ?? join(home, 'AppData', 'Roaming'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : (variables['XDG_CONFIG_HOME'] ?? join(home, '.config'));
  const managed =
    platform === 'win32'
      ? 'C:\\Program Files\\ClaudeCode'
      : platform === 'darwin'
        ? '/Library/Application Support/ClaudeCode'
        : '/etc/claude-code';
  const own: [string, string, FileFormat][] = [
    ['Claude Desktop', join(data, 'Claude', 'claude_desktop_config.json'), 'json'],
    ['Claude Code', join(home, '.claude.json'), 'json'],
    ['Claude Code', join(managed, 'managed-mcp.json'), 'json'],
    ['Cursor', join(home, '.cursor', 'mcp.json'), 'json'],
    ['VS Code', join(data, 'Code', 'User', 'mcp.json'), 'json'],
    ['Windsurf', join(home, '.codeium', 'windsurf', 'mcp_config.json'), 'json'],
    ['Codex', join(variables['CODEX_HOME'] ?? join(home, '.codex'), 'config.toml'), 'codex'],
  ];
  const project = PROJECT_FILES.map(([client, path, format]) => [client, join(cwd, path), format] as const);
  const seen = new Set<string>();
  return [...own, ...project].flatMap(([client, path, format]) => {
    if (seen.has(path)) return [];
    seen.add(path);
    return [{ client, path, format }];
  });
}

/** What a file that somebody named is taken for. */
export function fileNamed(path: string): KnownFile {
  const plain = path.replaceAll('\\', '/');
  const known = [
    ['Claude Desktop', /claude_desktop_config\.json$/],
    ['Claude Code', /(?:^|\/)(?:\.mcp|\.claude|managed-mcp)\.json$/],
    ['Cursor', /(?:^|\/)\.cursor\/mcp\.json$/],
    ['VS Code', /(?:^|\/)(?:\.vscode|Code\/User)\/mcp\.json$/],
    ['Windsurf', /(?:^|\/)mcp_config\.json$/],
    ['Codex', /\.toml$/],
  ] as const;
  const client = known.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'configuration file';
  return { client, path, format: plain.endsWith('.toml') ? 'codex' : 'json' };
}
