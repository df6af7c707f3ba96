/** Many calls at once, and what the client was told of each. */
import { Agent, request } from 'node:http';
import { MCP_HEADERS, type GuardedServer } from '../kit/index.ts';

export interface Told {
  /** The JSON-RPC id; unique in a suite. */
  readonly id: string;
  readonly outcome: 'allowed' | 'denied' | 'refused';
  /** The decision's id, where the answer names it. */
  readonly decision?: string;
}

interface ToolAnswer {
  readonly result?: {
    readonly isError?: boolean;
    readonly content: readonly { readonly text: string }[];
    readonly _meta?: { readonly 'dev.portcullis/decision'?: { readonly id: string } };
  };
}

/**
 * Sends one call of `tool` per id, `width` at a time, and gives what was answered. Calls whose answer never came are left out:
 * nobody was told anything. `onAnswer` hears how many answers there are so far.
 */
export async function callMany(
  { url, headers }: Pick<GuardedServer, 'url' | 'headers'>,
  tool: string,
  ids: readonly string[],
  width: number,
  onAnswer: (count: number) => void = () => {},
): Promise<Told[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const told: Told[] = [];
  await Promise.all(
    ids.map(async (id) => {
      const params = { name: tool, arguments: { call: id } };
      const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params });
      const answer = await post(agent, url, { ...MCP_HEADERS, ...headers }, body);
      if (answer === undefined) return;
      told.push(read(id, answer));
      onAnswer(told.length);
    }),
  );
  agent.destroy();
  return told;
}

function read(id: string, text: string): Told {
  const { result } = JSON.parse(text) as ToolAnswer;
  const decision = result?._meta?.['dev.portcullis/decision']?.id;
  const denied = result?.content[0]?.text.startsWith('[POLICY DENIED]') === true;
  const outcome =
    result === undefined || (result.isError === true && !denied) ? 'refused' : denied ? 'denied' : 'allowed';
  return { id, outcome, ...(decision === undefined ? {} : { decision }) };
}

function post(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve(undefined);
    const all = { ...headers, 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method: 'POST', headers: all, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve(response.complete ? text : undefined)).on('error', nothing);
    });
    outgoing.on('error', nothing);
    outgoing.end(body);
  });
}
