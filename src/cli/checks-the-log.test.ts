import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDecisionLog } from '../audit/index.ts';
import { loadSigningKey } from '../store/index.ts';
import { keepLogBounded } from './keep-log-bounded.ts';
import { openBench, type Bench } from './testing/run.ts';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.close());

describe('log', () => {
  beforeEach(async () => {
    const { store, home, registry } = await bench.open();
    const log = await openDecisionLog({
      directory: join(home, 'spool', 'test'),
      chain: 'test',
      organization: 'o',
      store,
      signingKey: loadSigningKey(home),
      clock: Date.now,
    });
    const { organization } = registry;
    for (const tool of ['one', 'two\u001b[2J']) {
      const facts = {
        id: `call-${tool}`,
        at: 1,
        organization,
        outcome: 'deny',
        rule: '/x',
        tool,
        method: 'tools/call',
      };
      await log.append(
        { kind: 'decision', ...facts },
        { ...facts, server: { id: 's', name: 'orgo' }, grant: null, message: 'no' },
      );
    }
    await log.close();
    await store.close();
  });

  it('tail: the latest decisions, harmless to terminals', async () => {
    const { out } = await bench.run('log', 'tail');
    expect(out.split('\n')).toHaveLength(2);
    expect(out).not.toContain('\u001b');
    expect(JSON.parse((await bench.run('log', 'tail', '--json', '-n', '1')).out)).toHaveProperty('chain');
  });

  it('tail --follow ends when it is told to', async () => {
    const stop = new AbortController();
    const follower = await openBench({ signal: stop.signal });
    const running = follower.run('log', 'tail', '--follow');
    stop.abort();
    expect((await running).code).toBe(0);
    await follower.close();
  });

  it('verify: names what retention removed', async () => {
    const installation = await bench.open();
    const { store, home, registry } = installation;
    const log = await openDecisionLog({
      directory: join(home, 'spool', 'old'),
      chain: 'old',
      organization: 'o',
      store,
      signingKey: loadSigningKey(home),
      clock: () => 1,
      limits: { checkpointEntries: 2 },
    });
    for (let i = 0; i < 4; i += 1) {
      const facts = { id: `old-${i}`, at: 1, organization: 'o' };
      await log.append({ kind: 'decision', ...facts }, facts);
      await log.settled();
    }
    const bounded = keepLogBounded({ retention: { keepMs: 86_400_000 } }, installation, log, SILENT, 50);
    await expect.poll(() => store.retention.removals(), { timeout: 60_000 }).not.toEqual([]);
    await expect
      .poll(async () => (await store.events.page(registry.organization, {})).items, { timeout: 60_000 })
      .toMatchObject([{ action: 'log.remove', subject: 'old', actor: 'retention', detail: { from: 1 } }]);
    await bounded.close();
    await log.close();
    const [removal] = await store.retention.removals();
    await store.close();
    const said = `entries 1 to ${removal!.upTo} were removed by retention on ${new Date(removal!.at).toISOString()}`;
    expect(await bench.run('log', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining(said) });
    const copy = join(bench.home, 'pruned.jsonl');
    await bench.run('log', 'export', '--out', copy);
    expect(await bench.run('log', 'verify', copy)).toMatchObject({
      code: 0,
      out: expect.stringContaining(said),
    });
  }, 120_000);

  it('is prepared for quick answers, and stops when told', async () => {
    const installation = await bench.open();
    const { store, registry } = installation;
    const signals: AbortSignal[] = [];
    const watched = {
      ...store,
      upkeep: (now: number, signal?: AbortSignal) => {
        signals.push(signal!);
        expect(Math.abs(now - registry.now())).toBeLessThan(60_000);
        return store.upkeep(now, signal);
      },
    };
    const log = { append: () => Promise.reject(new Error('nothing is removed')) };
    const bounded = keepLogBounded({ retention: {} }, { ...installation, store: watched }, log, SILENT, 50);
    await expect.poll(() => signals.map(({ aborted }) => aborted), { timeout: 60_000 }).toEqual([false]);
    await bounded.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await store.close();
  });

  it('export and verify: whole, altered, cut', async () => {
    expect((await bench.run('log', 'verify')).out).toContain('ok:');
    const copy = join(bench.home, 'copy.jsonl');
    expect((await bench.run('log', 'export', '--out', copy)).code).toBe(0);
    expect(await bench.run('log', 'verify', copy)).toMatchObject({ code: 0 });
    const text = await readFile(copy, 'utf8');
    const key = join(bench.home, 'key.pem');
    await writeFile(key, loadSigningKey(bench.home).publicKeyPem);
    expect((await bench.run('log', 'verify', copy, '--public-key', key)).code).toBe(0);
    // The data directory's own key file says who signed, too; what is no key is not taken for one that agrees.
    expect(
      (await bench.run('log', 'verify', copy, '--public-key', join(bench.home, 'audit-signing.key'))).code,
    ).toBe(0);
    const foreign = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
    await writeFile(key, foreign);
    expect((await bench.run('log', 'verify', copy, '--public-key', key)).err).toContain(
      'signed by another key',
    );
    await writeFile(key, 'no key');
    for (const what of [[copy], []])
      expect(await bench.run('log', 'verify', ...what, '--public-key', key)).toMatchObject({
        code: 1,
        err: expect.stringContaining('holds no Ed25519 key'),
      });
    await writeFile(copy, text.replace('"message":"no"', '"message":"yes"'));
    expect(await bench.run('log', 'verify', copy)).toMatchObject({
      code: 1,
      err: expect.stringContaining('altered'),
    });
    await writeFile(copy, text.split('\n').slice(0, 2).join('\n'));
    expect((await bench.run('log', 'verify', copy)).code).toBe(1);
    expect((await bench.run('log', 'verify', join(bench.home, 'none'))).code).toBe(1);
  });
});
