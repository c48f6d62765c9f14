import type { SmtpConfig } from '../config.ts';
import { createMailer, MailFailed } from '../mail/index.ts';
import { aside, type Finding, right, wrong } from './report.ts';

/** Whether the server takes mail from us. None is sent. */
export async function examineMail(config: SmtpConfig | null): Promise<Finding[]> {
  if (!config) return [aside('Mail: SMTP_URL is not set, so there are no invitations by e-mail')];
  const { host } = new URL(config.url);
  const mailer = createMailer(config);
  try {
    await mailer.verify();
    return [right(`Mail: ${host} lets us in`)];
  } catch (cause) {
    if (!(cause instanceof MailFailed)) throw cause;
    const said = [cause.code, cause.status].filter(Boolean).join(' ');
    const remedy =
      cause.code === 'EAUTH'
        ? 'Look at user and password in SMTP_URL; what a URL has a use for is written as %40 for @, and so on.'
        : 'Look at host and port in SMTP_URL (smtp:// on 587 with STARTTLS, smtps:// on 465), and at the firewall.';
    return [wrong(`Mail: ${host} does not let us in (${said})`, remedy)];
  } finally {
    mailer.close();
  }
}
