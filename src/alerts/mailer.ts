/** E-mail over the operator's own SMTP server. */
import type { Transporter } from 'nodemailer';
import type { Mail } from './formats.ts';

export interface Mailer {
  /** Resolves when the server took it. */
  mail(to: string, mail: Mail): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 15_000;

/** @param url smtp:// or smtps://, credentials in it; `from` an address */
export function createMailer(url: string, from: string): Mailer {
  const { hostname, port, protocol, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const connect = async (): Promise<Transporter> =>
    (await import('nodemailer')).createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(username === ''
        ? {}
        : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    });
  let transport: Promise<Transporter> | undefined;
  return {
    async mail(to, { subject, text }) {
      transport ??= connect();
      // As an object: an address is never parsed out of a longer text.
      await (await transport).sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => void transport?.then((one) => one.close()),
  };
}
