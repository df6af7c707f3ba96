/** The GitHub Action's script, run as its runner would. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, runToEnd } from '../kit/index.ts';
import { HOSTILE, openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

const runAction = (env: Record<string, string> = {}): ReturnType<typeof runToEnd> =>
  runToEnd(join(ROOT, 'scripts/action/scan.mjs'), [], {
    cwd: bench.folder,
    env: {
      HOME: bench.folder,
      GITHUB_WORKSPACE: bench.folder,
      GITHUB_STEP_SUMMARY: join(bench.folder, 'summary.md'),
      GITHUB_OUTPUT: join(bench.folder, 'output.txt'),
      ...env,
    },
  });

describe('the action', () => {
  it('fails a repository with a bad configuration and says where', async () => {
    bench.write(
      '.vscode/mcp.json',
      `{
  // Comments are fine here.
  "servers": {
    "mail": { "command": "npx", "args": ["-y", "postmark-mcp@1.0.16"] },
    "far": {
      "url": "http://mcp.example.com/mcp",
      "headers": { "Authorization": "Bearer f81d4fae7dec11d0a765" }
    }
  }
}`,
    );
    bench.write('packages/one/.mcp.json', {
      mcpServers: { loose: { command: 'npx', args: ['-y', 'some-server'] } },
    });
    const { code, stdout } = await runAction();
    expect(code).toBe(1);
    const heads = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('::')[1]!.replace(/,title=/, ' '));
    expect(heads).toEqual([
      'error file=.vscode/mcp.json,line=4,col=48 The package is known to be malicious (known-malicious-package)',
      'error file=.vscode/mcp.json,line=6,col=14 The server is reached without encryption (plain-http)',
      'error file=.vscode/mcp.json,line=7,col=37 The configuration holds a secret (secret-in-configuration)',
      'warning file=packages/one/.mcp.json,line=7,col=9 The package that runs is whichever is newest (unpinned-package)',
    ]);
    expect(stdout).not.toContain('f81d4fae7dec11d0a765');
    expect(bench.read('output.txt')).toBe('sarif=portcullis.sarif\ngrade=F\n');
    expect(bench.read('summary.md')).toContain('Grade F, 3 servers');
    const { runs } = JSON.parse(bench.read('portcullis.sarif')) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(runs[0]!.results.map(({ ruleId }) => ruleId)).toContain('plain-http');
  });

  it('starts nothing unless it is told to, and then finds more', async () => {
    bench.write('.mcp.json', {
      mcpServers: { bad: { command: process.execPath, args: [HOSTILE, 'poison'] } },
    });
    expect((await runAction()).code).toBe(0);
    const { code, stdout } = await runAction({ PORTCULLIS_SCAN_START_SERVERS: 'true' });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^::error file=\.mcp\.json,line=3,col=\d+,title=.*\(secret-reference\)::bad, tool add/m,
    );
  });

  it('compares with a lock file that is there', async () => {
    bench.write('.mcp.json', {
      mcpServers: {
        bad: { command: process.execPath, args: [HOSTILE, 'turn', join(bench.folder, 'count')] },
      },
    });
    await bench.run(['--config', '.mcp.json', '--yes', '--update-lock']);
    const { code, stdout } = await runAction({ PORTCULLIS_SCAN_START_SERVERS: 'true' });
    expect(code).toBe(1);
    expect(stdout).toContain('(drift-changed)::bad, lock file%3A'.replace('%3A', ':'));
  });

  it('cannot be made to say what a server wants', async () => {
    bench.write('.mcp.json', { mcpServers: { bad: { command: process.execPath, args: [HOSTILE, 'huge'] } } });
    const { stdout, stderr } = await runAction({ PORTCULLIS_SCAN_START_SERVERS: 'true' });
    for (const line of stdout.trim().split('\n'))
      expect(line).toMatch(/^::(?:error|warning|notice) file=\.mcp\.json,line=3,/);
    expect(stderr).not.toMatch(/^::/m);
  });

  it('has nothing to say of a repository without configuration', async () => {
    const { code, stdout } = await runAction();
    expect([code, stdout]).toEqual([0, '::notice::No MCP configuration file was found.\n']);
  });

  it('is declared as it is read', () => {
    const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
      inputs: Record<string, unknown>;
      runs: { steps: { run: string; env: Record<string, string> }[] };
    };
    const [step] = action.runs.steps;
    const script = /"\$GITHUB_ACTION_PATH\/([^"]+)"/.exec(step!.run)![1]!;
    expect(existsSync(join(ROOT, script))).toBe(true);
    for (const [name, value] of Object.entries(step!.env)) {
      expect(readFileSync(join(ROOT, script), 'utf8')).toContain(name);
      expect(action.inputs).toHaveProperty([/inputs\.([\w-]+)/.exec(value)![1]!]);
    }
  });
});
