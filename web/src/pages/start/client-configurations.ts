/** What each client wants to be told about an MCP server over HTTP with a bearer token. */
export interface ClientRecipe {
  readonly id: string;
  readonly name: string;
  /** Where it goes. */
  readonly place: string;
  readonly text: (server: { readonly slug: string; readonly url: string; readonly token: string }) => string;
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

export const CLIENTS: readonly ClientRecipe[] = [
  {
    id: 'claude-desktop',
    name: 'Claude Desktop',
    place: 'claude_desktop_config.json (Settings, Developer, Edit config), then restart it',
    text: ({ slug, url, token }) =>
      pretty({
        mcpServers: {
          [slug]: {
            command: 'npx',
            args: [
              '-y',
              'mcp-remote',
              url,
              '--header',
              'Authorization:${PORTCULLIS_TOKEN}',
              ...plainHttp(url),
            ],
            env: { PORTCULLIS_TOKEN: `Bearer ${token}` },
          },
        },
      }),
  },
  {
    id: 'claude-code',
    name: 'Claude Code',
    place: 'A terminal',
    text: ({ slug, url, token }) =>
      `claude mcp add --transport http ${slug} ${url} --header "Authorization: Bearer ${token}"`,
  },
  {
    id: 'cursor',
    name: 'Cursor',
    place: '~/.cursor/mcp.json, or .cursor/mcp.json of the project',
    text: ({ slug, url, token }) => pretty({ mcpServers: { [slug]: { url, headers: bearer(token) } } }),
  },
  {
    id: 'vscode',
    name: 'VS Code',
    place: '.vscode/mcp.json, or “MCP: Open User Configuration”',
    text: ({ slug, url, token }) =>
      pretty({ servers: { [slug]: { type: 'http', url, headers: bearer(token) } } }),
  },
  {
    id: 'windsurf',
    name: 'Windsurf',
    place: '~/.codeium/windsurf/mcp_config.json',
    text: ({ slug, url, token }) =>
      pretty({ mcpServers: { [slug]: { serverUrl: url, headers: bearer(token) } } }),
  },
  {
    id: 'codex',
    name: 'Codex',
    place: '~/.codex/config.toml; the token goes into the environment',
    text: ({ slug, url, token }) =>
      `# export PORTCULLIS_TOKEN=${token}\n[mcp_servers.${slug}]\nurl = ${JSON.stringify(url)}\nbearer_token_env_var = "PORTCULLIS_TOKEN"`,
  },
  {
    id: 'json',
    name: 'Plain JSON',
    place: 'Any client that speaks Streamable HTTP',
    text: ({ slug, url, token }) =>
      pretty({ mcpServers: { [slug]: { type: 'http', url, headers: bearer(token) } } }),
  },
];

/** mcp-remote refuses plain HTTP on other hosts than this machine unless it is told. */
function plainHttp(url: string): readonly string[] {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && hostname !== 'localhost' && hostname !== '127.0.0.1' ? ['--allow-http'] : [];
}
