import { describe, expect, it } from 'vitest';
import type { NodemailerError } from 'nodemailer';
import { smtpRefusal } from './smtp-refusal.js';

const error = (properties: Partial<NodemailerError>): NodemailerError =>
  Object.assign(new Error('refused <jane.doe@example.test>'), properties);

describe('a refusal of the mail relay', () => {
  it.each([
    [
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, permanent: true, response: '550 5.1.1 <j@x>: no' },
      { category: 'refused', permanent: true, reason: 'the mail relay refused the recipient (550 5.1.1)' },
    ],
    [
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450, permanent: false, response: '450-4.2.0 greylisted' },
      { category: 'deferred', permanent: false, reason: 'the mail relay refused the recipient (450 4.2.0)' },
    ],
    [
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553, permanent: true, response: '553 no' },
      { category: 'refused', permanent: true, reason: 'the mail relay refused our sender address (553)' },
    ],
    [
      { code: 'EMESSAGE', command: 'DATA', responseCode: 554, permanent: true, response: '554 spam' },
      { category: 'refused', permanent: true, reason: 'the mail relay refused the message (554)' },
    ],
    [
      { code: 'EENVELOPE', command: 'API' },
      { category: 'invalid-address', permanent: true, reason: 'the address cannot be written in SMTP' },
    ],
    [
      { code: 'EAUTH', responseCode: 535, permanent: true, response: '535 5.7.8 no' },
      { category: 'login', permanent: false, reason: 'the mail relay did not accept our login (535 5.7.8)' },
    ],
    [
      { code: 'ETLS' },
      { category: 'tls', permanent: false, reason: 'no trustworthy encrypted connection to the mail relay' },
    ],
    [
      { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { category: 'tls', permanent: false, reason: 'no trustworthy encrypted connection to the mail relay' },
    ],
    [
      { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' },
      { category: 'timeout', permanent: false, reason: 'the mail relay did not answer in time' },
    ],
    [
      { code: 'ESOCKET', originalCode: 'ECONNREFUSED' },
      { category: 'unreachable', permanent: false, reason: 'the mail relay cannot be reached (ECONNREFUSED)' },
    ],
    [
      { code: 'EPROTOCOL', responseCode: 554, permanent: true, response: '554 no service here' },
      { category: 'deferred', permanent: false, reason: 'the mail relay answered 554' },
    ],
    [{}, { category: 'unreachable', permanent: false, reason: 'the mail relay cannot be reached (no answer)' }],
  ] as const)('%j', (properties, expected) => {
    const refusal = smtpRefusal(error(properties), 'system');
    expect(refusal).toMatchObject({ ...expected, sender: 'system' });
    expect(refusal.reason).not.toContain('jane');
  });
});
