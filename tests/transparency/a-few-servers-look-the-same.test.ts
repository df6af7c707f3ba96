/** Promise: real servers look the same behind the gateway, byte for byte. One drives the browser of PORTCULLIS_TEST_CHROMIUM. */
import { describeServer } from './describe-server.ts';
import { SERVERS } from './servers.ts';

for (const server of SERVERS.filter(({ quick }) => quick === true)) describeServer(server);
