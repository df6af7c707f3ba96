import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortcullisError } from '../../errors.ts';
import { openSecrets, openServerAuth } from '../../store/index.ts';
import type { Installation } from '../installation.ts';
import { applyFile } from '../testing/apply-file.ts';
import { openBench, type Bench } from '../testing/run.ts';

let bench: Bench;
let installation: Installation;
beforeEach(async () => {
  bench = await openBench();
  installation = await bench.open();
});
afterEach(async () => {
  await installation.store.close();
  await bench.close();
});

const apply = (configuration: object, variables: Record<string, string> = {}) =>
  applyFile(bench, installation, configuration, variables);

describe('how the gateway gets into a server', () => {
  const withAuth = (auth: object, more: object = {}) => ({
    servers: [{ name: 'orgo', url: 'https://example.com/mcp', auth, ...more }],
  });
  const stored = async () => {
    const { registry, store } = installation;
    const row = (await store.servers.get('orgo'))!;
    return { auth: openServerAuth(registry.box, row), headers: openSecrets(registry.box, row) };
  };
  const CLIENT = { clientId: 'me', clientSecret: '${THEIR_SECRET}', scopes: ['a'] };
  const SECRET = { THEIR_SECRET: 'client-secret' };

  it('has the members of the API, and nothing to do when nothing changed', async () => {
    const machine = withAuth({ type: 'client_credentials', ...CLIENT });
    expect(await apply(machine, SECRET)).toEqual(['+ server orgo']);
    expect(await stored()).toEqual({
      auth: { kind: 'client_credentials', ...CLIENT, clientSecret: 'client-secret' },
      headers: {},
    });
    expect(await apply(machine, SECRET)).toEqual([]);
    expect(await apply(machine, { THEIR_SECRET: 'another' })).toEqual(['~ server orgo (auth)']);
    expect(await apply(withAuth({ type: 'oauth', perUser: true }))).toEqual(['~ server orgo (auth)']);
    expect((await stored()).auth).toEqual({ kind: 'oauth', perUser: true });
    const bearer = withAuth({ type: 'bearer', token: '${THEIR_SECRET}' });
    expect(await apply(bearer, SECRET)).toEqual(['~ server orgo (headers, auth)']);
    expect(await stored()).toEqual({ auth: null, headers: { Authorization: 'Bearer client-secret' } });
    expect(await apply(withAuth({ type: 'none' }))).toEqual(['~ server orgo (headers)']);
  });

  it.each([
    [
      withAuth({ type: 'oauth', perUsr: true }),
      '/servers/0/auth/perUsr unknown member "perUsr"; did you mean perUser?',
    ],
    [withAuth({ type: 'basic' }), '/servers/0/auth/type '],
    [withAuth({ type: 'client_credentials', clientId: 'me' }), '/servers/0/auth/clientSecret is missing'],
    [withAuth({ type: 'oauth', clientSecret: 'x' }), '/servers/0/auth/clientId A client secret needs'],
    [withAuth({ type: 'oauth', scopes: ['two words'] }), '/servers/0/auth/scopes/0 This is not a scope'],
    [withAuth({ type: 'bearer', token: 'a b' }), '/servers/0/auth/token Expected'],
    [
      withAuth({ type: 'oauth' }, { headers: { authorization: 'x' } }),
      '/servers/0/headers/authorization The Authorization header is what `auth` sets',
    ],
    [withAuth({ type: 'oauth' }, { url: undefined, command: ['x'] }), '/servers/0/auth auth goes with url'],
    [withAuth({ type: 'bearer', token: '${NOT_SET}' }), 'the variable NOT_SET is not set'],
  ])('refuses %j', async (configuration, said) => {
    const refused = apply(configuration, {}).catch((error: unknown) => (error as PortcullisError).problems);
    const told = (await refused).map((one) =>
      typeof one === 'string' ? one : `${one.pointer} ${one.message}`,
    );
    expect(told.join('\n')).toContain(said);
  });
});
