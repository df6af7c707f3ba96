/**
 * `portcullis wrap`: an MCP server on stdio with the policy in front of another one. Standard output carries MCP and
 * nothing else. The child's exit code is ours, and 127 when it cannot be started; whoever asked something is answered first.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { classify } from '../catalog/index.ts';
import { PortcullisError } from '../errors.ts';
import { LocalDirectory, openGateway, type OpenedGateway } from '../gateway/index.ts';
import { newToken } from '../store/index.ts';
import type { Traces } from '../telemetry/index.ts';
import { LineReader, toOriginForm } from '../wire/index.ts';
import { systemClock } from './clock.ts';
import { readEnvironment } from './environment.ts';
import { openInstallation, type Installation } from './installation.ts';
import { createLogger } from './logger.ts';
import { outliveRejections } from './outlive.ts';
import { followFile } from './follow-file.ts';
import { readPolicyFile } from './policy-file.ts';
import { plain } from './print.ts';
import { openOwnTraces } from './open-own-traces.ts';
import { collect, transportOf } from './arguments.ts';
import { warnOfUnknown } from './unknown-variables.ts';
import { port, wrapTarget, type WrapOptions } from './wrap-options.ts';

const GRACE_MS = 5000;
/** A client that has just started us may ask its first question when the server is gone already, and reads why. */
const LAST_QUESTION_MS = 2000;
/** Two seconds after SIGTERM clients kill a server on stdio, and nobody is left to end what it started. */
const LEAVE_WITHIN_MS = 1500;
const LEAVE_GRACE_MS = 500;
/** For spans; clients wait two seconds for their servers to end. */
const FLUSH_MS = 1000;

export function wrapCommand(program: Command): void {
  program
    .command('wrap')
    .description('put a policy in front of one MCP server, on stdio')
    .requiredOption('--policy <file>', 'the policy, JSON or YAML; changes act on the next call')
    .option('--upstream <url>', 'the server to wrap, over HTTP')
    .option('--transport <kind>', 'http (Streamable HTTP) or sse (legacy HTTP+SSE)', transportOf)
    .option('--header <header>', 'a header for the upstream, "Name: value"; repeatable', collect, [])
    .option(
      '--env <variable>',
      'a variable for the command, NAME=value or NAME to pass it on; repeatable',
      collect,
      [],
    )
    .option('--listen <port>', 'serve Streamable HTTP on 127.0.0.1 instead of stdio', port)
    .option(
      '--token <token>',
      'with --listen: the bearer token that clients must send (default: printed once)',
    )
    .option('--name <name>', 'what the server is called in the log')
    .argument('[command...]', 'the server to wrap, on stdio: -- command arguments…')
    .action(async (command: string[], options: WrapOptions) => {
      await wrap(command, options);
    });
}

async function wrap(command: readonly string[], options: WrapOptions): Promise<void> {
  const target = wrapTarget(command, options);
  const environment = readEnvironment(process.env);
  const logger = createLogger(process.env.PORTCULLIS_LOG_LEVEL === undefined ? 'warn' : environment.logLevel);
  outliveRejections(logger);
  warnOfUnknown(environment.variables, logger);
  const document = await readPolicyFile(options.policy);
  const installation = await openInstallation(environment);
  const token = options.listen === undefined ? undefined : (options.token ?? newToken('pcg'));
  const traces = await openOwnTraces(environment, logger);
  let directory: LocalDirectory | undefined;
  const opened = await openGateway({
    home: installation.home,
    store: installation.store,
    masterKey: installation.masterKey,
    previousKeys: installation.previousKeys,
    publicUrl: 'http://127.0.0.1',
    host: '127.0.0.1',
    allowPrivateUpstreams: true,
    classify,
    redis: environment.redis,
    approvalHoldMs: environment.approvalHoldMs,
    approvalKeepMs: environment.approvalKeepMs,
    logger,
    clock: systemClock,
    role: 'wrap',
    trace: traces?.trace,
    directory: (connect, slot) =>
      (directory = new LocalDirectory(
        { ...target, document, slot, ...(token === undefined ? {} : { token }) },
        connect,
      )),
  });
  const follower = followFile(options.policy, async () => {
    try {
      directory?.replacePolicy(await readPolicyFile(options.policy));
      await opened.gateway.reload();
      logger.warn({ policy: options.policy }, 'the changed policy is in force');
    } catch (error) {
      const problems = error instanceof PortcullisError ? error.problems : [];
      logger.error(
        { policy: options.policy, problems, error: String(error) },
        'the changed policy is not valid; the one before it stays in force',
      );
    }
  });
  const finish = finisher(opened, installation, traces, () => follower.close());
  const onStdio = options.listen === undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // With this process goes whatever the server has started.
      if (onStdio) setTimeout(() => process.exit(0), LEAVE_WITHIN_MS).unref();
      void finish(0, onStdio ? LEAVE_GRACE_MS : GRACE_MS);
    });
  }
  const ids = { server: `wrap-${target.slug}`, grant: `wrap-${target.slug}-${opened.slot}` };
  if (options.listen === undefined) serveStdio(opened, ids, finish);
  else
    serveHttp(opened, target.slug, options.listen, options.token === undefined ? token : undefined, finish);
}

function serveStdio(
  opened: OpenedGateway,
  ids: { server: string; grant: string },
  finish: (code: number) => Promise<void>,
): void {
  const channel = opened.gateway.openChannel(ids.server, ids.grant, {
    surface: 'stdio',
    write: (message) => process.stdout.write(Buffer.concat([message, NEWLINE])),
    onDrain: (listener) => process.stdout.once('drain', listener),
  });
  const lines = new LineReader();
  let queue = Promise.resolve();
  let spokenTo: () => void;
  const spoken = new Promise<void>((resolve) => (spokenTo = resolve));
  const feed = (received: readonly Buffer[]): void => {
    if (received.length > 0) spokenTo();
    for (const line of received) if (line.length > 0) queue = queue.then(() => void channel.feed(line));
  };
  const answered = (): Promise<void> => queue.then(() => channel.idle());
  let code = 0;
  process.stdin.on('data', (chunk: Buffer) => feed(lines.push(chunk)));
  process.stdin.on('end', () => {
    feed(lines.end());
    void answered().then(() => finish(code));
  });
  process.stdout.on('error', () => void finish(0));
  const followServer = async (): Promise<void> => {
    const { exitCode, signal, how } = await channel.session.upstream.closed;
    code = exitCode ?? (signal == null ? 1 : 128 + constants.signals[signal as NodeJS.Signals]);
    if (code !== 0)
      process.stderr.write(`portcullis: the server is gone: ${plain(how ?? 'why is not known')}\n`);
    await Promise.race([spoken.then(answered), pause(LAST_QUESTION_MS)]);
    await finish(code);
  };
  void followServer();
}

const NEWLINE = Buffer.from('\n');

function serveHttp(
  opened: OpenedGateway,
  slug: string,
  listen: number,
  newToken: string | undefined,
  finish: (code: number) => Promise<void>,
): void {
  const server = createServer({ joinDuplicateHeaders: true }, (request, response) => {
    toOriginForm(request);
    if (!opened.gateway.handle(request, response)) response.writeHead(404).end();
  });
  server.on('error', (error) => {
    process.stderr.write(`portcullis: cannot listen on 127.0.0.1:${listen}: ${error.message}\n`);
    void finish(1);
  });
  server.listen(listen, '127.0.0.1', () => {
    const { port: bound } = server.address() as AddressInfo;
    process.stderr.write(`Portcullis listening on http://127.0.0.1:${bound}/mcp/${slug}\n`);
    if (newToken !== undefined) process.stderr.write(`Authorization: Bearer ${newToken}\n`);
  });
}

function finisher(
  opened: OpenedGateway,
  installation: Installation,
  traces: Traces | undefined,
  before: () => void,
): (code: number, graceMs?: number) => Promise<void> {
  let finishing = false;
  return async (code, graceMs = GRACE_MS) => {
    if (finishing) return;
    finishing = true;
    before();
    await opened.close(graceMs);
    await traces?.close(FLUSH_MS);
    await installation.store.close();
    process.exit(code);
  };
}
