import type { NodemailerError } from 'nodemailer';
import { DeliveryRefusal } from '../transport/transport.js';

/** Errors about this very mail: its addresses or its content. Only these can be refused for good. */
const ABOUT_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);
const ENHANCED_CODE = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/;

/**
 * Tells permanent refusals (RFC 5321 section 4.2.1: 5yz) from temporary ones. The relay's own words stay out of the
 * reason, because they often repeat the address; codes are enough to look them up.
 */
export function smtpRefusal(error: NodemailerError, sender: string): DeliveryRefusal {
  const options = { sender, cause: error };
  const code = error.code ?? '';
  if (ABOUT_THE_MAIL.has(code)) {
    if (error.responseCode === undefined) {
      return DeliveryRefusal.forGood('invalid-address', 'the address cannot be written in SMTP', options);
    }
    const reason = `the mail relay refused ${stepOf(error)} (${replyCodes(error)})`;
    return error.permanent
      ? DeliveryRefusal.forGood('refused', reason, options)
      : DeliveryRefusal.forNow('deferred', reason, options);
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return DeliveryRefusal.forNow('login', `the mail relay did not accept our login (${replyCodes(error)})`, options);
  }
  if (code === 'ETLS' || isCertificateProblem(error)) {
    return DeliveryRefusal.forNow('tls', 'no trustworthy encrypted connection to the mail relay', options);
  }
  if (code === 'ETIMEDOUT') {
    return DeliveryRefusal.forNow('timeout', 'the mail relay did not answer in time', options);
  }
  if (error.responseCode !== undefined) {
    return DeliveryRefusal.forNow('deferred', `the mail relay answered ${replyCodes(error)}`, options);
  }
  const detail = error.originalCode ?? code;
  return DeliveryRefusal.forNow('unreachable', `the mail relay cannot be reached (${detail || 'no answer'})`, options);
}

function stepOf({ command }: NodemailerError): string {
  if (command === 'RCPT TO') return 'the recipient';
  if (command === 'MAIL FROM') return 'our sender address';
  return 'the message';
}

function replyCodes({ response, responseCode }: NodemailerError): string {
  const enhanced = ENHANCED_CODE.exec(response ?? '')?.[1];
  return [responseCode, enhanced].filter((part) => part !== undefined).join(' ') || 'no reply code';
}

function isCertificateProblem({ originalCode }: NodemailerError): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(originalCode ?? '');
}
