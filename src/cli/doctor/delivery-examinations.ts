import type { NodemailerError } from 'nodemailer';
import type { Environment } from '../../core/config/environment.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { systemAccount } from '../../delivery/mail/mail-account.js';
import { connectRelay } from '../../delivery/mail/relay-connection.js';
import { smtpRefusal } from '../../delivery/mail/smtp-refusal.js';
import { usableGateway } from '../../delivery/sms/sms-gateway.js';
import { bad, type Examination, good, reason } from './examination.js';

/** Looks at what messages leave through; nothing is sent. */
export function deliveryExaminations({ embedded }: Environment, snapshot: ConfigurationSnapshot): Examination[] {
  return [
    { subject: 'mail relay', examine: async () => [await examineMail(embedded, snapshot)] },
    { subject: 'SMS gateway', examine: async () => [await examineSms(embedded, snapshot)] },
  ];
}

async function examineMail(embedded: boolean, snapshot: ConfigurationSnapshot) {
  const account = systemAccount(snapshot);
  if (!account) {
    return embedded
      ? good('mail relay', 'None is declared; mail goes to the mailbox of the embedded mode.')
      : bad('mail relay', 'No enabled mail account with isSystem and a profile is declared; no mail can be sent.');
  }
  const subject = `mail relay ${account.relay.name}`;
  const transporter = connectRelay(account.relay);
  try {
    await transporter.verify();
    return good(subject, `Answers and takes mail from account ${account.name}.`);
  } catch (error) {
    const { reason } = smtpRefusal(error as NodemailerError, account.name);
    return bad(subject, `Cannot be used: ${reason}.`);
  } finally {
    transporter.close();
  }
}

async function examineSms(embedded: boolean, snapshot: ConfigurationSnapshot) {
  const gateway = usableGateway(snapshot);
  if (!gateway) {
    return embedded
      ? good('SMS gateway', 'None is declared; SMS go to the mailbox of the embedded mode.')
      : good('SMS gateway', 'None is declared; no SMS can be sent.');
  }
  const subject = `SMS gateway ${gateway.name}`;
  try {
    // Any answer proves that it is there. Without our headers, so that nothing can come of it.
    const options = { method: 'OPTIONS', redirect: 'manual' as const, signal: AbortSignal.timeout(gateway.timeoutMs) };
    const response = await fetch(gateway.url, options);
    await response.body?.cancel();
    return good(subject, 'Answers; whether it accepts our credentials shows with the first SMS.');
  } catch (error) {
    return bad(subject, `Cannot be reached (${reason(error)}).`);
  }
}
