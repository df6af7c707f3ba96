import { afterAll, beforeAll, expect, it } from 'vitest';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  PROGRAM,
  runNode,
  runToEnd,
  startGateway,
  textOf,
  v1Client,
  type Exit,
  type TestGateway,
} from '../kit/index.ts';
import {
  startAuthorizationServer,
  startProtectedServer,
  type AuthorizationServer,
  type ProtectedServer,
} from './parts.ts';
import { signIn } from './sign-in.ts';

const SECRET = 'machine-secret-f1d6b7';
const TOKEN = 'file-token-0123456789';

let authorization: AuthorizationServer;
let upstream: ProtectedServer;
let gateway: TestGateway;
const answers: string[] = [];

const policyOf = (server: string) => ({ name: 'all', server, document: { version: '1', default: 'allow' } });
const configuration = (note: string) => ({
  servers: [
    {
      name: 'machine',
      url: upstream.url,
      headers: { 'X-Note': note },
      auth: { type: 'client_credentials', clientId: 'machine', clientSecret: '${MACHINE_SECRET}' },
    },
    {
      name: 'signed',
      url: upstream.url,
      headers: { 'X-Note': note },
      auth: { type: 'oauth', scopes: ['tools'] },
    },
    { name: 'personal', url: upstream.url, auth: { type: 'oauth', perUser: true } },
  ],
  policies: [policyOf('machine'), policyOf('signed')],
  grants: [{ label: 'ci', servers: ['machine', 'signed'], policy: 'all', token: TOKEN }],
});

beforeAll(async () => {
  authorization = await startAuthorizationServer({});
  upstream = await startProtectedServer(authorization);
  gateway = await startGateway({
    env: { PORTCULLIS_LOG_LEVEL: 'trace', MACHINE_SECRET: SECRET },
    config: configuration('first'),
  });
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await upstream?.stop();
  await authorization?.stop();
});

const env = () => ({
  PORTCULLIS_HOME: gateway.home,
  PORTCULLIS_PUBLIC_URL: gateway.url,
  MACHINE_SECRET: SECRET,
});

async function portcullis(...args: string[]): Promise<Exit & { stdout: string; stderr: string }> {
  const ran = await runToEnd(PROGRAM, args, { env: env() });
  answers.push(ran.stdout, ran.stderr);
  return ran;
}

async function whoami(server: string): Promise<string> {
  const client = await v1Client(`${gateway.url}/mcp/${server}`, { token: TOKEN });
  try {
    return textOf(await client.sdk.callTool({ name: 'whoami', arguments: {} }));
  } finally {
    await client.close();
  }
}

async function statusOf(server: string): Promise<string> {
  const { body } = await gateway.api<{ auth: { status: string } }>('GET', `/servers/${server}`);
  return body.auth.status;
}

/** As somebody at the keyboard: the command prints an address, they open it, the command ends. */
async function connect(server: string): Promise<void> {
  const command = runNode(PROGRAM, ['server', 'connect', server, '--wait'], { env: env() });
  try {
    const [address] = await command.line(/^http:\/\/\S+$/);
    const back = await signIn(address, `${gateway.url}/oauth/callback`);
    expect((await fetch(back)).status).toBe(200);
    expect(await command.exited).toEqual({ code: 0, signal: null });
    expect(command.output()).toContain(`Connected to ${server}.`);
    answers.push(command.output());
  } finally {
    await command.stop();
  }
}

it('the file names a client, its secret comes from the environment, and calls sign in', async () => {
  expect(await whoami('machine')).toBe('client machine');
  expect(await readFile(join(gateway.home, 'portcullis.yaml'), 'utf8')).not.toContain(SECRET);
});

it('the command prints the address, waits until somebody has signed in, and calls run', async () => {
  await expect(whoami('signed')).rejects.toThrow(/needs a sign-in/);
  await connect('signed');
  await expect.poll(() => whoami('signed').catch(String), { timeout: 20_000 }).toMatch(/^client /);
  const listed = await portcullis('server', 'connections', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { server: 'machine', person: null, status: 'connected' },
    { server: 'signed', person: null, status: 'connected', scopes: ['tools'] },
  ]);
});

it('a change of the file that is not about the sign-in keeps it; one that is ends it', async () => {
  const path = join(gateway.home, 'portcullis.yaml');
  await writeFile(path, JSON.stringify(configuration('second')));
  await expect
    .poll(async () => (await whoami('signed'), upstream.seen.at(-1)?.headers), { timeout: 20_000 })
    .toContain('x-note\nsecond\n');
  expect(await statusOf('signed')).toBe('connected');
  const next = configuration('second');
  await writeFile(
    path,
    JSON.stringify({
      ...next,
      servers: next.servers.map((server) =>
        server.name === 'signed' ? { ...server, auth: { type: 'oauth' } } : server,
      ),
    }),
  );
  await expect.poll(() => statusOf('signed'), { timeout: 20_000 }).toBe('needs-sign-in');
});

it('the command line registers, changes, connects and disconnects', async () => {
  const added = await portcullis('server', 'add', 'By hand', '--url', upstream.url, '--auth', 'oauth');
  expect(added.stdout).toContain('portcullis server connect by-hand');
  await connect('by-hand');
  expect(await statusOf('by-hand')).toBe('connected');
  const token = /Bearer (\S+)/;
  expect((await portcullis('server', 'refresh', 'by-hand')).stdout).toContain('whoami');
  const [, bearer] = token.exec(upstream.seen.at(-1)!.headers)!;
  const ended = await portcullis('server', 'disconnect', 'by-hand');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(await authorization.introspect(bearer!)).toBeUndefined();
  expect(await statusOf('by-hand')).toBe('needs-sign-in');
  const machine = ['--auth', 'client_credentials', '--client-id', 'machine'];
  const changed = await portcullis(
    'server',
    'set',
    'by-hand',
    ...machine,
    '--client-secret-env',
    'MACHINE_SECRET',
  );
  expect(changed).toMatchObject({ code: 0, stderr: '' });
  expect(await portcullis('server', 'connect', 'by-hand')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'Connected to by-hand.\n',
  });
  expect(await statusOf('by-hand')).toBe('connected');
  const undone = await portcullis('server', 'set', 'by-hand', '--auth', 'none');
  expect(undone.code).toBe(0);
  const { body } = await gateway.api('GET', '/servers/by-hand');
  expect(body).toMatchObject({ auth: { kind: 'headers', status: null }, headerNames: [] });
});

it('says where people connect who must do it for themselves', async () => {
  for (const command of ['connect', 'disconnect']) {
    const ran = await portcullis('server', command, 'personal');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`${gateway.url}/servers/personal`);
  }
  expect(await portcullis('server', 'connect', 'nobody')).toMatchObject({ code: 1 });
});

it('no token, code or secret is in any output, log, event or stored file', async () => {
  answers.push(gateway.logs());
  for (const path of ['/servers', '/events', '/decisions'])
    answers.push(JSON.stringify((await gateway.api('GET', path)).body));
  for (const entry of await readdir(gateway.home, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) answers.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  expect(authorization.secrets.size).toBeGreaterThan(5);
  const secrets = [...authorization.secrets, SECRET];
  expect(secrets.filter((secret) => answers.some((text) => text.includes(secret)))).toEqual([]);
});
