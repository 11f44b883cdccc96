import { describe, expect, it } from 'vitest';
import { mailTemplates, smsTemplates } from './template-settings.js';

const mail = (text: string, subject = 'Link') => ({ 'password-reset-link': { en: { subject, text } } });
const sms = (text: string) => ({ 'password-reset-link': { 'pt-BR': text } });

describe('texts of operators', () => {
  it('are taken with the link and known variables', () => {
    expect(mailTemplates.parse(mail('Hi %FULLNAME%\n\n%LINK%'))).toEqual(mail('Hi %FULLNAME%\n\n%LINK%'));
    expect(smsTemplates.parse(sms('%LINK% 100%'))).toEqual(sms('%LINK% 100%'));
    expect(smsTemplates.parse({ 'password-changed': { en: 'Changed.' } })).toEqual({
      'password-changed': { en: 'Changed.' },
    });
  });

  it.each([
    ['without the link', mail('Hi')],
    ['with an unknown variable', mail('%LINK% %PASSWORD%')],
    ['with a variable of another purpose', mail('%LINK% %TIME%')],
    ['with the link in the subject', mail('%LINK%', '%LINK%')],
    ['with a subject of two lines', mail('%LINK%', 'a\r\nBcc: eve@example.test')],
    ['without a subject', { 'password-reset-link': { en: { text: '%LINK%' } } }],
    ['with more than subject and text', { 'password-reset-link': { en: { subject: 'a', text: '%LINK%', html: '' } } }],
    ['without the passcode', { 'one-time-passcode': { en: { subject: 'a', text: 'Hi' } } }],
    [
      'with the passcode in the subject, which screens show while they are locked',
      { 'one-time-passcode': { en: { subject: '%PASSCODE%', text: '%PASSCODE%' } } },
    ],
    ['of an unknown purpose', { 'password-restore': { en: { subject: 'a', text: '%LINK%' } } }],
    ['of an inherited name', JSON.parse('{"__proto__": {"en": {"subject": "a", "text": "%LINK%"}}}')],
    ['in what is no language', { 'password-reset-link': { '../en': { subject: 'a', text: '%LINK%' } } }],
    ['that are a list', []],
    ['that are too long', mail(`%LINK%${'x'.repeat(20_000)}`)],
  ])('are refused %s', (_, value: unknown) => {
    expect(mailTemplates.parse(value)).toBeUndefined();
  });

  it('for SMS are refused without the link', () => {
    expect(smsTemplates.parse(sms('Hi'))).toBeUndefined();
    expect(smsTemplates.parse(sms(''))).toBeUndefined();
  });
});
