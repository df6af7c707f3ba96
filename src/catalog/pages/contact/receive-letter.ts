/**
 * Takes a letter. Refused are those from other sites, without a form of ours, sent by programs that fill in everything,
 * too large ones, and more than a few from one sender or from all. What somebody wrote is never lost: it stands in the
 * form that comes back.
 */
import { randomBytes } from 'node:crypto';
import { addressPolicy, checkHostAndOrigin } from '../../../identity/index.ts';
import type { PageContent } from '../blocks/types.ts';
import { text } from '../blocks/make.ts';
import { plainPage } from '../browse/plain-page.ts';
import { TRAP, type Letter } from './contact-form.ts';
import { contactPage } from './contact-page.ts';
import { formToken, readFormToken } from './form-token.ts';
import { letterErrors, readLetter } from './read-letter.ts';
import { senderAddress, senderDigest } from './sender.ts';
import type { ContactDesk } from './types.ts';

const LARGEST_BODY = 32 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const FROM_SENDER = 10;
const FROM_ALL = 300;

/** A page to show, or `sent`. */
export type Received = PageContent | 'sent';

/** @param peer the address that the connection comes from */
export async function receiveLetter(
  desk: ContactDesk,
  publicUrl: string,
  request: Request,
  peer: string | undefined,
): Promise<Received> {
  const { headers } = request;
  if (!isOurs(publicUrl, headers))
    return refusal(403, 'This came from another site', 'Open the contact page here, and send it from there.');
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? ''))
    return refusal(400, 'This is not a form', 'The contact page sends application/x-www-form-urlencoded.');
  const body = await readBody(request);
  if (body === undefined) return refusal(413, 'This is too long', 'Please write in fewer words.');
  const form = new URLSearchParams(body);
  if ((form.get(TRAP) ?? '') !== '') return 'sent';

  const secret = await desk.secret();
  const now = desk.now();
  const letter = readLetter(form);
  const again = (status: PageContent['status'], notice: string, errors = {}): PageContent =>
    contactPage(letter, { token: newToken(secret, now), status, notice, errors });
  const token = form.get('token');
  if (token === null) return again(200, 'Read it once more, then send it.');
  const errors = letterErrors(letter);
  if (Object.keys(errors).length > 0) return again(422, 'Something is missing.', errors);
  const known = readFormToken(secret, token, now);
  if (known === undefined || known.state !== 'good')
    return again(
      422,
      known?.state === 'too young'
        ? 'That was very quick. Please send it once more.'
        : 'The form was open for a long time. Please send it once more.',
    );
  return (await keep(
    desk,
    letter,
    known.id,
    senderDigest(secret, senderAddress(peer, headers.get('x-forwarded-for') ?? undefined)),
  ))
    ? 'sent'
    : again(429, 'There were too many messages today. Please try again tomorrow; your text is below.');
}

export function newToken(secret: Uint8Array, now: number): string {
  return formToken(secret, now, randomBytes(12).toString('base64url'));
}

function keep({ messages, now }: ContactDesk, letter: Letter, id: string, sender: string): Promise<boolean> {
  const at = now();
  return messages.accept(
    { id, at, ...letter, sender },
    { since: at - DAY_MS, fromSender: FROM_SENDER, fromAll: FROM_ALL },
  );
}

/** Browsers name the origin of every form that is sent (Fetch, “append a request Origin header”). */
function isOurs(publicUrl: string, headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  try {
    checkHostAndOrigin(addressPolicy(publicUrl, '127.0.0.1'), new URL(publicUrl).host, origin);
    return true;
  } catch {
    return false;
  }
}

async function readBody(request: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function refusal(status: PageContent['status'], heading: string, lead: string): PageContent {
  return plainPage(status, '/contact', heading, lead, [
    text({ kind: 'link', href: '/contact', text: 'To the contact page' }),
  ]);
}
