/**
 * Promise: every server of servers.json looks the same behind the gateway. Its parts are many: `npm run test:transparency`.
 * One drives the browser of PORTCULLIS_TEST_CHROMIUM.
 */
import { describe, it } from 'vitest';
import { describeServer } from './describe-server.ts';
import { SERVERS } from './servers.ts';

const rest = SERVERS.filter(({ quick }) => quick !== true);

if (process.env.PORTCULLIS_TEST_LONG === undefined)
  describe.skip('runs with npm run test:transparency', () => it.each(rest)('$name $version', () => {}));
else for (const server of rest) describeServer(server);
