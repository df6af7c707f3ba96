/** Where alerts arrive in these suites: an HTTP endpoint, and a mail server that knows just enough SMTP (RFC 5321). */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpReceiver {
  readonly url: string;
  readonly received: Received[];
  /** Statuses of the next answers; 200 once they are used up. */
  readonly statuses: number[];
  close(): Promise<void>;
}

export async function httpReceiver(): Promise<HttpReceiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ path: url, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    statuses,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface ReceivedMail {
  readonly to: string;
  /** Headers and body, decoded from quoted-printable. */
  readonly text: string;
}

export interface MailReceiver {
  readonly url: string;
  readonly mails: ReceivedMail[];
  close(): Promise<void>;
}

export async function mailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    converse(socket, mails);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function converse(socket: Socket, mails: ReceivedMail[]): void {
  let buffer = '';
  let to = '';
  let data: string[] | undefined;
  const say = (text: string): void => void socket.write(`${text}\r\n`);
  const line = (text: string): void => {
    if (data !== undefined) {
      if (text !== '.') return void data.push(text.startsWith('.') ? text.slice(1) : text);
      mails.push({ to, text: decoded(data.join('\n')) });
      data = undefined;
      return say('250 taken');
    }
    const command = text.slice(0, 4).toUpperCase();
    if (command === 'RCPT') to = /<(.*)>/.exec(text)?.[1] ?? '';
    if (command === 'DATA') data = [];
    if (command === 'QUIT') return void socket.end('221 bye\r\n');
    say(command === 'DATA' ? '354 go on' : '250 fine');
  };
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    buffer += chunk.toString();
    const lines = buffer.split('\r\n');
    buffer = lines.pop() ?? '';
    for (const one of lines) line(one);
  });
  say('220 tests');
}

function decoded(text: string): string {
  return text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
