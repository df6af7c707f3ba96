/** Where Redis is. Read without its client, which is loaded only when there is something to connect to. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Number of the database. */
  readonly database: number;
  readonly tls: boolean;
}

const PORT = 6379;

/** `redis://` or, over TLS, `rediss://[user[:password]@]host[:port][/database]`; undefined when the text is anything else. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const [, database = '0'] = /^\/(\d{1,5})?$/.exec(url.pathname === '' ? '/' : url.pathname) ?? [];
  const plain = url.search === '' && url.hash === '' && url.port !== '0';
  const path = url.pathname === '' || /^\/\d{0,5}$/.test(url.pathname);
  if (!/^rediss?:$/.test(url.protocol) || host === '' || !plain || !path) return undefined;
  try {
    return {
      host,
      port: url.port === '' ? PORT : Number(url.port),
      username: url.username === '' ? undefined : decodeURIComponent(url.username),
      password: url.password === '' ? undefined : decodeURIComponent(url.password),
      database: Number(database),
      tls: url.protocol === 'rediss:',
    };
  } catch {
    return undefined;
  }
}
