// The load of load.c in Node, for machines without a C compiler: the same arguments, the same output.
// usage: node bench/load/load.mjs PORT CONNECTIONS RATE WARM_SECONDS SECONDS RIGHT SCRIPT WARM_CALLS
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [port, wanted, rate, warm, seconds, right, script, warmCalls] = process.argv.slice(2);
const steps = readFileSync(script, 'latin1')
  .split('\0')
  .filter((text) => text !== '');
const MARK = 'mcp-session-id: @session@\r\n';
const latencies = [];
let bad = 0;
let answers = 0;
let number = 100_000_000;
let measuring = false;

/** Length of the whole answer at the front of `text`, or 0. */
function whole(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return 0;
  const head = text.slice(0, end).toLowerCase();
  const length = /content-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return text.length < end + 4 + Number(length) ? 0 : end + 4 + Number(length);
  if (!head.includes('transfer-encoding:')) return end + 4;
  const close = text.indexOf('\r\n0\r\n\r\n', end + 2);
  return close === -1 ? 0 : close + 7;
}

class Connection {
  #socket = connect(Number(port), '127.0.0.1').setNoDelay(true);
  #received = '';
  #take = () => {};
  #session;
  idle = true;

  constructor() {
    this.#socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1');
      const length = whole(this.#received);
      if (length === 0) return;
      const text = this.#received.slice(0, length);
      this.#received = this.#received.slice(length);
      this.#take(text);
    });
  }

  #ask(template) {
    const line = this.#session === undefined ? '' : `mcp-session-id: ${this.#session}\r\n`;
    const text = template.replace(MARK, line).replace('@number@@', () => String((number += 1)));
    return new Promise((resolve) => {
      this.#take = resolve;
      this.#socket.write(text, 'latin1');
    });
  }

  async open() {
    for (const step of steps.slice(0, -1))
      this.#session ??= /mcp-session-id: ([^\r\n]+)/i.exec(await this.#ask(step))?.[1];
  }

  async call(due) {
    this.idle = false;
    const answer = await this.#ask(steps.at(-1));
    this.idle = true;
    answers += 1;
    open();
    if (!answer.includes(right)) bad += 1;
    else if (measuring) latencies.push(performance.now() - due);
  }
}

const connections = [];
for (let index = 0; index < Number(wanted); index += 1) {
  connections.push(new Connection());
  await connections.at(-1).open();
}
const start = performance.now();
let from = start + Number(warm) * 1000;
let until = Number.POSITIVE_INFINITY;

/** Opens the window once the target is warm. */
function open() {
  const now = performance.now();
  if (measuring || now < from || (answers < Number(warmCalls) && now - start < 20_000)) return;
  measuring = true;
  from = now;
  until = now + Number(seconds) * 1000;
  process.stdout.write('warm\n');
}

async function closedLoop(connection) {
  while (performance.now() < until) await connection.call(performance.now());
}

/** Starts what is due, every millisecond, until the end. */
function openLoop() {
  return new Promise((resolve) => {
    let due = start;
    const timer = setInterval(() => {
      const now = performance.now();
      for (const connection of connections.filter(({ idle }) => idle)) {
        if (due > now) break;
        void connection.call(due);
        due += 1000 / Number(rate);
      }
      if (now >= until) resolve(clearInterval(timer));
    }, 1);
  });
}

await (Number(rate) > 0 ? openLoop() : Promise.all(connections.map(closedLoop)));
const sorted = latencies.toSorted((a, b) => a - b);
const at = (share) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 1000);
const took = (performance.now() - from) / 1000;
process.stdout.write(
  `${JSON.stringify({ calls: sorted.length, bad, seconds: took, p50: at(0.5), p99: at(0.99) })}\n`,
);
process.stdin.resume().once('end', () => process.exit(0));
