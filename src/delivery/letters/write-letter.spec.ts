import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterMail, letterSms } from './write-letter.js';

const TO = { id: 'm1', to: 'jane@example.test' };
const letter = (fields: object = {}) => ({ subject: 'S', text: 'T', from: undefined, attachments: [], ...fields });

describe('a letter', () => {
  it('is told as it was written', () => {
    const mail = letterMail(TO, letter({ subject: 'Büro', text: 'Hello Jane,\r\n\r\nroom <3> & "4"\nat 9' }));
    expect(mail).toMatchObject({
      ...TO,
      subject: 'Büro',
      text: 'Hello Jane,\n\nroom <3> & "4"\nat 9\n',
      from: undefined,
      attachments: [],
    });
    expect(mail.html).toContain('<p>Hello Jane,</p>\n<p>room &lt;3&gt; &amp; &quot;4&quot;<br>at 9</p>');
  });

  it.each([
    ['line breaks', 'a\r\nBcc: evil@example.test\r\n\r\nbody', 'a Bcc: evil@example.test body'],
    ['encoded words', '=?utf-8?q?Bcc:?= x', '= ?utf-8?q?Bcc:?= x'],
    ['controls', 'a\0\u007f\u0085\u2028b', 'a b'],
    ['text turned round', 'a\u202eb', 'ab'],
  ])('attack 62: has a subject without %s', (_case, subject, expected) => {
    expect(letterMail(TO, letter({ subject })).subject).toBe(expected);
  });

  it('attack 62: has headers of one line and markup of ours only, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const attachments = [{ name: text, data: 'YWJj' }];
        const mail = letterMail(TO, letter({ subject: text, text, attachments }));
        const name = mail.attachments?.[0]?.name ?? '';
        expect(`${mail.subject}${name}`).not.toMatch(/\p{Cc}|=\?/u);
        expect(name).not.toMatch(/[/\\:]/);
        expect(name).not.toBe('');
        const markup = mail.html.replaceAll(/<\/?(?:!doctype html|html|head|meta charset="utf-8"|body|p|br)>/g, '');
        expect(markup).not.toMatch(/[<>]/);
      }),
    );
  });

  it('keeps the bytes of its files', () => {
    const bytes = Buffer.from([0, 255, 13, 10]);
    const attachments = [{ name: '../a:b.pdf', data: bytes.toString('base64') }];
    expect(letterMail(TO, letter({ attachments })).attachments).toEqual([{ name: '.._a_b.pdf', data: bytes }]);
  });

  it('fits into an SMS without its frame', () => {
    expect(letterSms({ id: 'm1', to: '+35226000001' }, letter({ text: ' a\r\nb\0 ', from: 'Desk' }))).toEqual({
      id: 'm1',
      to: '+35226000001',
      text: 'a\nb',
      from: 'Desk',
    });
  });
});
