/** The client of the client scenarios, with a gateway between it and the suite's server. usage: as client.mjs */
import { PATH, startGateway, TOKEN } from './gateway.mjs';

const gateway = await startGateway(process.argv.at(-1));
try {
  process.env.GATEWAY_TOKEN = TOKEN;
  process.argv.push(`http://127.0.0.1:${gateway.port}${PATH}`);
  await import('./client.mjs');
} finally {
  await gateway.stop();
}
