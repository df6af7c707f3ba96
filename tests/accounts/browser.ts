/** A person at a browser: keeps cookies, and says where its requests come from, as browsers do. */
import { rawRequest } from '../kit/raw-http.ts';
import type { TestGateway } from '../kit/index.ts';

export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever the answer is, a test compares it
  readonly body: Record<string, any>;
}

export class Browser {
  readonly #url: string;
  readonly cookies = new Map<string, string>();

  constructor({ url }: Pick<TestGateway, 'url'>) {
    this.#url = url;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await rawRequest(path.startsWith('http') ? path : this.#url + path, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { origin: this.#url, 'sec-fetch-site': 'same-origin' }),
        ...(cookie === '' ? {} : { cookie }),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
    const isJson = answer.text !== '' && /json/.test(answer.headers['content-type'] ?? '');
    return { status: answer.status, headers: answer.headers, body: isJson ? answer.json() : {} };
  }

  signIn(email: string, password: string): Promise<Seen> {
    return this.send('POST', '/api/auth/sign-in/email', { email, password });
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export const OWNER = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };

/** The token of the owner link that the gateway printed. */
export function ownerToken(gateway: TestGateway): string {
  return /welcome\?token=([\w-]+)/.exec(gateway.logs())?.[1] ?? '';
}

/** Makes the owner's account and signs in. */
export async function ownerOf(gateway: TestGateway): Promise<Browser> {
  const browser = new Browser(gateway);
  const { status } = await browser.send('POST', '/api/v1/setup', { token: ownerToken(gateway), ...OWNER });
  if (status !== 201) throw new Error(`setup: ${status}`);
  return browser;
}
