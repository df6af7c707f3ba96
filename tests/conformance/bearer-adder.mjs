/** The suite has no way to send a token: this adds one to each request and changes nothing else, not even Host. */
import { createServer, request } from 'node:http';

export function bearerAdder(port, gatewayPort, path, token) {
  const server = createServer((incoming, response) => {
    const outgoing = request({
      host: '127.0.0.1',
      port: gatewayPort,
      path,
      method: incoming.method,
      headers: [...incoming.rawHeaders, 'authorization', `Bearer ${token}`],
      setHost: false,
      agent: false,
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
