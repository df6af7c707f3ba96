import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../../src/cli/testing/run.ts';
import { PROGRAM, runToEnd, startGateway, type TestGateway } from '../kit/index.ts';
import { freshDatabase, noPostgres, type FreshDatabase } from '../kit/postgres.ts';
import { Browser, OWNER, ownerOf, ownerToken } from './browser.ts';

const DATABASES = noPostgres ? ['SQLite'] : ['SQLite', 'PostgreSQL'];

describe.each(DATABASES)('over %s', (kind) => {
  let gateway: TestGateway;
  let owner: Browser;
  let database: FreshDatabase | undefined;
  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await freshDatabase();
    gateway = await startGateway({ env: { PORTCULLIS_DATABASE_URL: database?.url } });
  }, 60_000);
  afterAll(async () => {
    await gateway.stop();
    await database?.drop();
  });

  describe('the owner link', () => {
    it('is not guessed', async () => {
      const { status, body } = await new Browser(gateway).send('POST', '/api/v1/setup', {
        token: 'guess',
        ...OWNER,
      });
      expect([status, body['code']]).toEqual([403, 'PC_SETUP_TOKEN']);
    });

    it('makes an admin of the first organization, once', async () => {
      const options = await new Browser(gateway).send('GET', '/api/v1/sign-in-options');
      expect(options.body['setup']).toBe(true);
      owner = await ownerOf(gateway);
      const me = await owner.send('GET', '/api/v1/me');
      expect([me.body['person'].email, me.body['role']]).toEqual([OWNER.email, 'admin']);
      const again = await new Browser(gateway).send('POST', '/api/v1/setup', {
        token: ownerToken(gateway),
        ...OWNER,
      });
      expect(again.status).toBe(403);
    });

    it('is not shown again once there is an account', async () => {
      await gateway.restart();
      expect(gateway.logs().match(/welcome\?token=/g)).toHaveLength(1);
      expect((await owner.send('GET', '/api/v1/me')).status).toBe(200);
    });
  });

  describe('invitations', () => {
    it('make an account with the role that was given, once', async () => {
      const invited = await owner.send('POST', '/api/v1/invitations', {
        email: 'Bob@Example.com',
        role: 'viewer',
      });
      expect(invited.status).toBe(201);
      expect(gateway.logs()).toContain(invited.body['link']);
      const id = invited.body['id'];
      const bob = new Browser(gateway);
      const shown = await bob.send('GET', `/api/v1/join/${id}`);
      expect([shown.body['email'], shown.body['hasAccount']]).toEqual(['bob@example.com', false]);
      const join = { name: 'Bob', password: 'a long enough one' };
      expect((await bob.send('POST', `/api/v1/join/${id}`, join)).status).toBe(201);
      expect((await bob.send('GET', '/api/v1/me')).body['role']).toBe('viewer');
      expect((await bob.send('GET', '/api/v1/api-keys')).status).toBe(403);
      const again = await new Browser(gateway).send('POST', `/api/v1/join/${id}`, join);
      expect([again.status, again.body['code']]).toEqual([403, 'PC_INVITATION_INVALID']);
    });

    it('are for the address that they name', async () => {
      const { body } = await owner.send('POST', '/api/v1/invitations', {
        email: 'carol@example.com',
        role: 'admin',
      });
      const bob = new Browser(gateway);
      await bob.signIn('bob@example.com', 'a long enough one');
      expect((await bob.send('POST', `/api/v1/join/${body['id']}/accept`)).status).toBe(403);
      expect((await owner.send('DELETE', `/api/v1/invitations/${body['id']}`)).status).toBe(204);
      const carol = { name: 'Carol', password: 'a long enough one' };
      expect((await new Browser(gateway).send('POST', `/api/v1/join/${body['id']}`, carol)).status).toBe(403);
    });

    it('are the only way in: nobody signs up', async () => {
      const answer = await new Browser(gateway).send('POST', '/api/auth/sign-up/email', {
        ...OWNER,
        email: 'eve@example.com',
      });
      expect(answer.status).toBe(404);
    });
  });

  describe('members', () => {
    const idOf = async (email: string): Promise<string> =>
      (await owner.send('GET', '/api/v1/members')).body['items'].find(
        (one: { email: string }) => one.email === email,
      ).id;

    it('act by their role from the next request on', async () => {
      const bob = new Browser(gateway);
      await bob.signIn('bob@example.com', 'a long enough one');
      const path = `/api/v1/members/${await idOf('bob@example.com')}`;
      expect((await owner.send('PATCH', path, { role: 'admin' })).status).toBe(200);
      expect((await bob.send('GET', '/api/v1/api-keys')).status).toBe(200);
      expect((await owner.send('DELETE', path)).status).toBe(204);
      expect((await bob.send('GET', '/api/v1/api-keys')).status).toBe(401);
    });

    it('keep an admin', async () => {
      const path = `/api/v1/members/${await idOf(OWNER.email)}`;
      expect((await owner.send('PATCH', path, { role: 'viewer' })).status).toBe(409);
      expect((await owner.send('DELETE', path)).status).toBe(409);
      expect((await owner.send('GET', '/api/v1/me')).body['role']).toBe('admin');
    });

    it('are invited, given a role and removed from the shell, and a running gateway acts on it', async () => {
      const env = {
        PORTCULLIS_HOME: gateway.home,
        PORTCULLIS_DATABASE_URL: database?.url,
        PORTCULLIS_PUBLIC_URL: gateway.url,
      };
      const run = (...args: string[]) => runHere(env, 'member', ...args);
      const dora = new Browser(gateway);
      const invited = await runToEnd(PROGRAM, ['member', 'invite', 'Dora@Example.com'], { env });
      expect(invited).toMatchObject({ code: 0, stderr: expect.stringContaining('may join as viewer') });
      const link = new URL(invited.stdout.trim());
      expect(link.origin).toBe(gateway.url);
      expect((await run('invitations')).stdout).toMatch(/^dora@example.com +viewer +\S+ +http/m);
      const join = { name: 'Dora', password: 'a long enough one' };
      expect((await dora.send('POST', `/api/v1${link.pathname}`, join)).status).toBe(201);
      expect(await run('invite', 'dora@example.com')).toMatchObject({ code: 1, stdout: '' });
      expect((await run('list')).stdout).toMatch(/^dora@example.com +Dora +viewer +no/m);

      expect((await dora.send('GET', '/api/v1/api-keys')).status).toBe(403);
      expect((await run('set', 'dora@example.com', '--role', 'admin')).stdout).toBe(
        'dora@example.com: admin\n',
      );
      expect((await dora.send('GET', '/api/v1/api-keys')).status).toBe(200);
      expect((await run('remove', 'DORA@example.com')).stdout).toBe('Removed dora@example.com.\n');
      expect((await dora.send('GET', '/api/v1/api-keys')).status).toBe(401);

      const last = await run('set', OWNER.email, '--role', 'viewer');
      expect(last).toMatchObject({
        code: 1,
        stderr: 'portcullis: An organization keeps at least one admin.\n',
      });
      expect((await run('set', OWNER.email)).code).toBe(2);
      expect(await run('remove', 'nobody@example.com')).toMatchObject({ code: 1, stdout: '' });
      expect(await run('invite', 'no address')).toMatchObject({ code: 1, stdout: '' });
      const { items } = (await owner.send('GET', '/api/v1/events?limit=4')).body;
      const events = (items as { action: string; actor: string }[]).filter(({ actor }) =>
        actor.startsWith('command line'),
      );
      expect(events.map(({ action }) => action)).toEqual([
        'member.remove',
        'member.role',
        'invitation.create',
      ]);
    });

    it('who were invited from the shell are uninvited there', async () => {
      const env = { PORTCULLIS_HOME: gateway.home, PORTCULLIS_DATABASE_URL: database?.url };
      const run = (...args: string[]) => runHere(env, 'member', ...args);
      const { stdout } = await run('invite', 'eve@example.com', '--role', 'admin', '--json');
      const { id } = JSON.parse(stdout) as { id: string };
      expect((await run('uninvite', 'eve@example.com')).code).toBe(0);
      const join = { name: 'Eve', password: 'a long enough one' };
      expect((await new Browser(gateway).send('POST', `/api/v1/join/${id}`, join)).status).toBe(403);
      expect(JSON.parse((await run('invitations', '--json')).stdout)).toEqual([]);
      expect(await run('uninvite', 'eve@example.com')).toMatchObject({ code: 1, stdout: '' });
    });

    it('may be in several organizations', async () => {
      const second = await owner.send('POST', '/api/v1/organizations', { name: 'Second' });
      expect(second.status).toBe(201);
      await owner.send('POST', '/api/v1/servers', { name: 'first only', url: 'https://example.com/mcp' });
      const chosen = await owner.send('POST', '/api/auth/organization/set-active', {
        organizationId: second.body['id'],
      });
      expect(chosen.status).toBe(200);
      const me = await owner.send('GET', '/api/v1/me');
      expect([me.body['organization'].name, me.body['organizations'].length]).toEqual(['Second', 2]);
      expect((await owner.send('GET', '/api/v1/servers')).body['items']).toEqual([]);
    });
  });
});
