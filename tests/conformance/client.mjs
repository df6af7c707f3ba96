/**
 * The client of the suite's client scenarios: on the v2 SDK, it lists what a server offers and calls every tool, with the
 * arguments that the suite hands over. usage: MCP_CONFORMANCE_SCENARIO=… node client.mjs <url>
 */
import { Client, StreamableHTTPClientTransport } from '../parts/client-sdk.mjs';

const { MCP_CONFORMANCE_PROTOCOL_VERSION: revision, MCP_CONFORMANCE_CONTEXT: context } = process.env;
const VALUES = { string: 'a text', integer: 3, number: 5, boolean: true };
const ANSWER = { role: 'assistant', model: 'none', content: { type: 'text', text: 'An answer.' } };

const client = new Client(
  { name: 'conformance-client', version: '1.0.0' },
  {
    capabilities: { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} },
    versionNegotiation: { mode: revision === '2026-07-28' ? { pin: revision } : 'legacy' },
  },
);
client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: {} }));
client.setRequestHandler('sampling/createMessage', () => ANSWER);
client.setRequestHandler('roots/list', () => ({ roots: [] }));

await client.connect(new StreamableHTTPClientTransport(new URL(process.argv.at(-1)), options()));
const { tools } = await client.listTools();
const offers = client.getServerCapabilities() ?? {};
for (const { name, arguments: args } of toolCalls())
  // Whether a call may fail is for the scenario to say, from what it saw of it.
  await client
    .callTool({ name, arguments: args })
    .catch((error) => console.error(`${name}: ${error.message}`));
if (offers.resources !== undefined)
  for (const { uri } of (await client.listResources()).resources) await client.readResource({ uri });
if (offers.prompts !== undefined)
  for (const { name } of (await client.listPrompts()).prompts) await client.getPrompt({ name });
await client.close();

function options() {
  const { GATEWAY_TOKEN: token } = process.env;
  return token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } };
}

function toolCalls() {
  const given = context === undefined ? undefined : JSON.parse(context).toolCalls;
  return given ?? tools.map(({ name, inputSchema }) => ({ name, arguments: fitting(inputSchema) }));
}

/** An argument of the right type for each property that the schema gives a plain type. */
function fitting({ properties = {} }) {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, { type }]) => Object.hasOwn(VALUES, type))
      .map(([name, { type }]) => [name, VALUES[type]]),
  );
}
