/** A mistake of ours in one request must not end everybody else's. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guardServer, ROOT, startFixture, startGateway, v1Client } from '../kit/index.ts';

it('goes on with calls that are in flight, and says what failed', async () => {
  const preload = join(ROOT, 'tests/chaos/fail-on-signal.cjs');
  const gateway = await startGateway({ env: { NODE_OPTIONS: `--require ${preload}` } });
  const fixture = await startFixture('recorder', { MODE: 'slow', DELAY_MS: '300' });
  try {
    const { url, token } = await guardServer(
      gateway,
      { name: 'slow', url: fixture.url },
      { version: '1', default: 'allow' },
    );
    const client = await v1Client(url, { token });
    const call = client.sdk.callTool({ name: 'echo', arguments: {} });
    await expect.poll(async () => (await fixture.calls('tools/call')).length).toBe(1);
    process.kill(gateway.pid(), 'SIGUSR2');
    expect((await call).isError).not.toBe(true);
    await expect.poll(() => gateway.logs()).toContain('nobody waited for this');
    await client.close();
  } finally {
    await gateway.stop();
    await fixture.stop();
  }
});
