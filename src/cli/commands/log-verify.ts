import { createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { verifyLines, verifyStore, type Verification } from '../../audit/index.ts';
import { PortcullisError } from '../../errors.ts';
import { withInstallation, type Io } from '../io.ts';

interface Options {
  readonly publicKey?: string;
  readonly json?: boolean;
}

export function logVerify(group: Command, io: Io): void {
  group
    .command('verify')
    .description('prove that the log, or an exported copy of it, is whole and unaltered')
    .argument('[file]', 'a copy made by "log export" (default: the database)')
    .option('--public-key <file>', 'the key that must have signed, PEM; keep it in a safe place')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, { publicKey, json }: Options) => {
      const options = publicKey === undefined ? {} : { publicKey: await readPublicKey(publicKey) };
      const found =
        file === undefined
          ? await withInstallation(io, ({ store }) => verifyStore(store, options))
          : await verifyLines(linesOf(file), options).catch((cause: NodeJS.ErrnoException) =>
              refuse(file, cause),
            );
      if (json === true) io.out(JSON.stringify(found, null, 2));
      else report(io, found);
      if (!found.ok) io.fail();
    });
}

/** In the spelling that the log has. @throws PC_CONFIG_INVALID */
async function readPublicKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => refuse(file, cause));
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // Said below.
  }
  throw new PortcullisError('PC_CONFIG_INVALID', { detail: `${file} holds no Ed25519 key in PEM` });
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}

function refuse(file: string, cause: NodeJS.ErrnoException): never {
  throw new PortcullisError(
    'PC_CONFIG_INVALID',
    { detail: `${file} cannot be read (${cause.code ?? cause.message})` },
    { cause },
  );
}

function report(io: Io, { problem, entries, chains }: Verification): void {
  if (problem !== undefined) return io.err(`line ${problem.line}: ${problem.kind}: ${problem.message}`);
  io.out(`ok: ${entries} entries in ${chains.length} ${chains.length === 1 ? 'chain' : 'chains'}`);
  for (const { chain, from, to, signedTo, keyId, removed } of chains) {
    io.out(
      `  ${chain}: ${from} to ${to}, signed up to ${signedTo}${keyId === undefined ? '' : ` by ${keyId}`}`,
    );
    if (removed !== undefined)
      io.out(
        `    entries 1 to ${removed.to} were removed by retention on ${new Date(removed.at).toISOString()}`,
      );
  }
}
