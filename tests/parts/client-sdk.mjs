/** The client SDK of both eras, for scripts outside this folder. */
export { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
