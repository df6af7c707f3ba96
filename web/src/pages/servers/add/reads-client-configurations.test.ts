import { describe, expect, it } from 'vitest';
import { readConfiguration } from './read-configuration.ts';

const read = (value: unknown) => readConfiguration(JSON.stringify(value));

describe('a pasted client configuration', () => {
  it('gives remote servers with their headers', () => {
    const { servers } = read({
      mcpServers: { shop: { url: 'https://shop.example/mcp', headers: { Authorization: 'Bearer x' } } },
    });
    expect(servers).toEqual([
      {
        name: 'shop',
        input: {
          name: 'shop',
          url: 'https://shop.example/mcp',
          transport: 'http',
          headers: { Authorization: 'Bearer x' },
        },
        secrets: 1,
      },
    ]);
  });

  it('is read in the spellings of VS Code and Windsurf, with comments and trailing commas', () => {
    expect(
      readConfiguration('{ // mine\n "servers": { "a": { "type": "sse", "url": "https://a/x" }, }, }')
        .servers,
    ).toMatchObject([{ input: { transport: 'sse' } }]);
    expect(read({ mcpServers: { a: { serverUrl: 'https://a/x' } } }).servers[0]?.input?.url).toBe(
      'https://a/x',
    );
  });

  it('goes where a bridge goes, with the headers that it was given', () => {
    const args = ['-y', 'mcp-remote@latest', 'https://a/x', '--header', 'X-Key: ${KEY}'];
    const { servers } = read({ mcpServers: { a: { command: 'npx', args, env: { KEY: 'secret' } } } });
    expect(servers[0]?.input).toMatchObject({ url: 'https://a/x', headers: { 'X-Key': 'secret' } });
  });

  it('says what cannot be added here, and what is wrong with the text', () => {
    expect(read({ mcpServers: { a: { command: 'node' } } }).servers[0]?.refusal).toContain(
      'starts a program',
    );
    expect(readConfiguration('{ "mcpServers": {').problem).toContain('not JSON');
    expect(read({ theme: 'dark' }).problem).toContain('mcpServers');
  });
});
