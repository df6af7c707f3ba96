/** Mail by SMTP. Without a server the operator passes links on: they stand in the server's log. */
import type { AccountLogger } from './types.ts';
import type { AccountSettings } from './read-settings.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string;
}

/** @returns whether it was mailed. A mail that could not be sent is logged without its link; the caller is not told whether the address exists */
export async function sendMail(
  settings: AccountSettings,
  logger: AccountLogger,
  mail: Mail,
): Promise<boolean> {
  const { smtpUrl, mailFrom } = settings;
  if (smtpUrl === undefined) {
    logger.warn(
      { to: mail.to, link: mail.link },
      `${mail.subject}: no mail server is set, pass this link on`,
    );
    return false;
  }
  try {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(smtpUrl);
    await transport.sendMail({
      from: mailFrom,
      to: mail.to,
      subject: mail.subject,
      text: `${mail.text}\n\n${mail.link}\n`,
    });
    transport.close();
    return true;
  } catch (error) {
    logger.error({ to: mail.to, cause: String(error) }, 'a mail could not be sent');
    return false;
  }
}
