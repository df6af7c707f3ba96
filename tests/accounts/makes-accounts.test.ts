import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../kit/index.ts';
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
