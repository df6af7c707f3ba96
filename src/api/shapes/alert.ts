import { z } from 'zod';
import { ALERT_EVENTS } from '../../alerts/index.ts';
import type { AlertRow, DeliveryRow } from '../../store/index.ts';
import { time, timeText, timeTextOrNull } from './values.ts';

const changeable = {
  name: z.string().min(1).max(200),
  url: z.string().optional().meta({ description: 'webhook, slack and teams: where to post; write-only' }),
  secret: z.string().optional().meta({
    description: 'webhook: whsec_ and base64 (Standard Webhooks); made when it is not given; write-only',
  }),
  to: z.array(z.email().max(320)).min(1).max(20).optional().meta({ description: 'email: the recipients' }),
  events: z.array(z.enum(ALERT_EVENTS)).min(1),
  server: z.string().nullable().optional().meta({ description: 'Only of this server: id or slug' }),
  rule: z
    .string()
    .max(1000)
    .nullable()
    .optional()
    .meta({ description: 'Only of this rule: its JSON Pointer' }),
  windowSeconds: z
    .int()
    .min(0)
    .max(604_800)
    .optional()
    .meta({ description: 'The same thing is told once in this time; 900 unless given' }),
  links: z.boolean().optional().meta({
    description:
      'Whether waiting approvals come with a one-time link to answer by; so for email unless given',
  }),
  enabled: z.boolean().optional(),
};

const channel = z.enum(['webhook', 'email', 'slack', 'teams']);
export const alertInput = z.strictObject({ ...changeable, channel });
export const alertPatch = z.strictObject(changeable).partial();

const members = {
  id: z.string(),
  name: z.string(),
  channel,
  target: z.string().meta({ description: 'What may be shown of it' }),
  events: z.array(z.enum(ALERT_EVENTS)),
  server: z.string().nullable(),
  rule: z.string().nullable(),
  windowSeconds: z.int(),
  links: z.boolean(),
  enabled: z.boolean(),
  createdAt: time,
  updatedAt: time,
};
const delivery = z.strictObject({
  id: z.string(),
  at: time,
  attempts: z.int(),
  doneAt: time.nullable(),
  error: z.string().nullable(),
});

export const alertShape = z.strictObject(members).meta({ id: 'Alert' });
export const alertDetailShape = z
  .strictObject({ ...members, deliveries: z.array(delivery) })
  .meta({ id: 'AlertDetail' });
export const alertWithSecretShape = z
  .strictObject({ ...members, secret: z.string().optional().meta({ description: 'Shown this once' }) })
  .meta({ id: 'AlertWithSecret' });

export function showAlert(row: AlertRow) {
  const { id, name, channel: kind, shown, events, serverId, rule, windowSeconds, links, enabled } = row;
  return {
    id,
    name,
    channel: kind,
    target: shown,
    events,
    server: serverId,
    rule,
    windowSeconds,
    links,
    enabled,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

export function showDelivery({ id, createdAt, attempts, doneAt, error }: DeliveryRow) {
  return { id, at: timeText(createdAt), attempts, doneAt: timeTextOrNull(doneAt), error };
}
