/**
 * What is measured: how each is started in front of the upstream. A target says why it cannot run here (`lacks`), and whether it
 * speaks the modern era and passes event streams on; `start` gives the process.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyFor } from '../load/messages.mjs';
import { start } from '../process/children.mjs';
import { peers } from './peers.mjs';

const FORWARDER = fileURLToPath(new URL('forwarder.mjs', import.meta.url));
const PRODUCT = fileURLToPath(new URL('../../bin/portcullis.js', import.meta.url));
export const TOKEN = 'bench-token-0123456789abcdef';

/** @param context `{ work, upstreamPort, cache, tools }` */
export function targetsFor(context) {
  const { work, upstreamPort } = context;
  const origin = `http://127.0.0.1:${upstreamPort}`;
  const forwarder = (port, ...more) =>
    start([process.execPath, FORWARDER, String(port), origin, ...more], { core: 0 });
  const whole = { modern: true, streams: true, paths: { json: '/mcp', sse: '/sse' } };
  return [
    {
      name: 'nginx',
      ...whole,
      port: 9101,
      lacks: () => (spawnSync('nginx', ['-v']).error === undefined ? undefined : 'nginx is not installed'),
      version: () => spawnSync('nginx', ['-v']).stderr.toString().trim().replace('nginx version: nginx/', ''),
      start: () => start(['nginx', '-c', nginxConfiguration(work, upstreamPort), '-p', work], { core: 0 }),
    },
    { name: 'forwarder', ...whole, port: 9102, start: () => forwarder(9102) },
    {
      name: 'forwarder with checks',
      ...whole,
      port: 9103,
      token: TOKEN,
      start: () => forwarder(9103, 'checks', TOKEN, join(work, 'forwarder.log')),
    },
    {
      name: 'portcullis',
      modern: true,
      streams: true,
      denies: true,
      port: 9104,
      token: TOKEN,
      paths: { json: '/mcp/bench', sse: '/mcp/bench-sse' },
      version: () => execFileSync(process.execPath, [PRODUCT, '--version']).toString().trim(),
      start: () => startPortcullis(newHome(work, origin), 9104),
    },
    ...peers(context),
  ];
}

/** A fresh home with servers that answer in JSON and in event streams, each under the same policy. */
export function newHome(work, origin, document = policyFor(20), names = ['bench', 'bench-sse']) {
  const home = mkdtempSync(join(work, 'home-'));
  writeFileSync(
    join(home, 'portcullis.yaml'),
    JSON.stringify({
      servers: names.map((name) => ({ name, url: `${origin}${name === 'bench' ? '/mcp' : '/sse'}` })),
      policies: names.map((name) => ({ name, server: name, document })),
      grants: names.map((name) => ({
        label: name,
        server: name,
        policy: name,
        token: name === 'bench' ? TOKEN : `${TOKEN}-sse`,
      })),
    }),
  );
  return home;
}

export function startPortcullis(home, port) {
  const env = {
    ...process.env,
    PORTCULLIS_HOME: home,
    PORTCULLIS_PORT: String(port),
    PORTCULLIS_LOG_LEVEL: 'error',
  };
  return start([process.execPath, PRODUCT, 'start'], { core: 0, env });
}

function nginxConfiguration(work, upstreamPort) {
  const file = join(work, 'nginx.conf');
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${work}/${name};`,
  );
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${work}/nginx.pid; error_log /dev/null;
events { worker_connections 4096; }
http {
  access_log off; client_max_body_size 8m; client_body_buffer_size 256k; ${folders.join(' ')}
  upstream up { server 127.0.0.1:${upstreamPort}; keepalive 128; }
  server {
    listen 127.0.0.1:9101; keepalive_requests 10000000;
    location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}`,
  );
  return file;
}
