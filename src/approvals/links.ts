/**
 * One-time links: who holds one may answer one approval, once, as the approver that it was made for. The database knows the
 * link, the signature is made with a key of the installation: a link cannot be made up, nor read out of the database.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PortcullisError } from '../errors.ts';
import type { ApprovalStore } from '../store/index.ts';

export interface OpenedLink {
  readonly id: string;
  readonly approvalId: string;
  readonly approver: string;
}

/** The secret part of a link's address. @throws PC_STORE_UNAVAILABLE */
export async function makeLink(
  store: ApprovalStore,
  key: Buffer,
  link: {
    readonly id: string;
    readonly approvalId: string;
    readonly approver: string;
    readonly expiresAt: number;
  },
): Promise<string> {
  await store.addLink(link);
  return `${link.id}.${signature(key, link)}`;
}

/** What a link is for. Looking changes nothing. @throws PC_APPROVAL_LINK when it is forged, used or expired; PC_STORE_UNAVAILABLE */
export async function openLink(
  store: ApprovalStore,
  key: Buffer,
  token: string,
  now: number,
): Promise<OpenedLink> {
  const [id = '', given = '', ...more] = token.split('.');
  const link = more.length === 0 && /^[0-9a-f-]{36}$/.test(id) ? await store.link(id) : undefined;
  // Compared also when there is no such link, so that the time taken tells nothing.
  const right = Buffer.from(signature(key, link ?? { id, approvalId: '', approver: '', expiresAt: 0 }));
  const said = Buffer.from(given);
  const isRight = said.length === right.length && timingSafeEqual(said, right);
  if (link === undefined || !isRight || link.usedAt !== null || link.expiresAt <= now)
    throw new PortcullisError('PC_APPROVAL_LINK');
  return { id, approvalId: link.approvalId, approver: link.approver };
}

function signature(
  key: Buffer,
  {
    id,
    approvalId,
    approver,
    expiresAt,
  }: { id: string; approvalId: string; approver: string; expiresAt: number },
): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['portcullis approval link', id, approvalId, approver, expiresAt]))
    .digest('base64url');
}
