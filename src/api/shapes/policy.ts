import { z } from 'zod';
import type { SavedPolicy } from '../../registry/index.ts';
import type { PolicyRow, PolicyVersionRow } from '../../store/index.ts';
import { policySource, source, time, timeText } from './values.ts';

const note = z.string().max(1000).optional();
const name = z.string().min(1).max(200);

export const policyInput = z.strictObject({ name, document: policySource, note });
export const policyChange = z.strictObject({ name: name.optional(), document: policySource, note });
export const rollbackInput = z.strictObject({ version: z.int().min(1) });

export const noteShape = z.strictObject({ pointer: z.string(), message: z.string() });
const document = z.record(z.string(), z.unknown()).meta({ description: 'Canonical' });

export const policyShape = z
  .strictObject({
    id: z.string(),
    serverId: z.string(),
    name: z.string(),
    version: z.int(),
    document,
    source,
    createdAt: time,
    updatedAt: time,
    notes: z
      .array(noteShape)
      .optional()
      .meta({ description: 'After a save: what was turned into the canonical form' }),
  })
  .meta({ id: 'Policy' });

export const policyVersionShape = z
  .strictObject({
    version: z.int(),
    document,
    written: z.string().meta({ description: 'As it was written' }),
    note: z.string().nullable(),
    author: z.string(),
    createdAt: time,
  })
  .meta({ id: 'PolicyVersion' });

export function showPolicy(row: PolicyRow, notes?: SavedPolicy['notes']) {
  const { id, serverId, name, version, document, source } = row;
  return {
    id,
    serverId,
    name,
    version,
    document,
    source,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
    ...(notes === undefined ? {} : { notes }),
  };
}

export function showVersion({ version, document, written, note, author, createdAt }: PolicyVersionRow) {
  return { version, document, written, note, author, createdAt: timeText(createdAt) };
}
