import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { openDelivery } from '../../alerts/index.ts';
import { showDelivery } from '../../api/index.ts';
import { PortcullisError } from '../../errors.ts';
import type { AlertStore, DeliveryRow } from '../../store/index.ts';
import { findAlert } from '../find.ts';
import { withInstallation, type Io } from '../io.ts';
import { printDeliveries } from '../print-deliveries.ts';

/** A running gateway may have taken the message first: it then is waited for. */
const WAIT_MS = 20_000;
const LOOK_MS = 100;

export function alertTest(group: Command, io: Io): void {
  group
    .command('test')
    .description('send a test message now; exit code 1 when it did not arrive')
    .argument('<alert>', 'its name or id')
    .option('--json', 'print JSON')
    .action((wanted: string, { json }: { json?: boolean }) =>
      withInstallation(io, async ({ registry, store, masterKey }, environment) => {
        const { id, channel } = await findAlert(registry, wanted);
        const { publicUrl, allowPrivateUpstreams: allowPrivate, smtpUrl, smtpFrom } = environment;
        if (channel === 'email' && smtpUrl === undefined)
          throw new PortcullisError('PC_CONFIG_INVALID', {
            detail: 'PORTCULLIS_SMTP_URL must be set where this command runs, too',
          });
        const before = new Set((await store.alerts.deliveries(id)).map((row) => row.id));
        const delivery = await openDelivery({
          registry,
          publicUrl,
          allowPrivate,
          masterKey,
          smtpUrl,
          smtpFrom,
        });
        try {
          await delivery.test(id);
          const sent = (await settled(store.alerts, id, before)).map(showDelivery);
          if (json === true) io.out(JSON.stringify(sent, null, 2));
          else printDeliveries(io, sent);
          if (sent.some(({ doneAt, error }) => doneAt === null || error !== null)) io.fail();
        } finally {
          await delivery.close();
        }
      }),
    );
}

/** The new ones, once each was tried; as they are when that takes too long. */
async function settled(store: AlertStore, id: string, before: ReadonlySet<string>): Promise<DeliveryRow[]> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const rows = (await store.deliveries(id)).filter((row) => !before.has(row.id));
    if (waited >= WAIT_MS || rows.every(({ doneAt, error }) => doneAt !== null || error !== null))
      return rows;
    await pause(LOOK_MS);
  }
}
