import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/core/config/configuration-error.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { MailboxMessage } from '../../support/test-app.js';
import { databaseOfSuite } from './database-of-suite.js';
import { World } from './world.js';

/** Settings of the domain that put every variable into both texts. */
const EVERY_VARIABLE = `
  time_zone: Europe/Luxembourg
  organisation_name: Acme Shipping
  mail_templates:
    password-reset-link:
      en:
        subject: 'S %USERNAME% %ORGANISATION%'
        text: |-
          u=%USERNAME% d=%DOMAIN% f=%FULLNAME% o=%ORGANISATION%

          %LINK%

          e=%EXPIRES% h=%HOURS% a=%ADMIN%

          c=%COMMENTS%
  sms_templates:
    password-reset-link:
      en: 'u=%USERNAME% d=%DOMAIN% f=%FULLNAME% e=%EXPIRES% h=%HOURS% a=%ADMIN% %LINK% %COMMENTS%'`;

/** Puts the settings under the domain, which {@link acme} writes in one line. */
const inline = (yaml: string): string => `\n${yaml.replaceAll(/^/gm, '      ')}`;

describe('section 9: messages', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const sent = async (params: object = {}): Promise<{ link: string; mail: MailboxMessage; sms: MailboxMessage }> => {
    const link = await world.link(person, { method: 'MAILSMS', ...params });
    const messages = await world.messages(person);
    const [mail, sms] = [
      messages.find(({ channel }) => channel === 'MAIL'),
      messages.find(({ channel }) => channel === 'SMS'),
    ];
    if (!mail || !sms) throw new Error('not both were sent');
    return { link, mail, sms };
  };

  it('mail goes to the mail attribute, SMS to the mobile attribute, as they are at the time of sending', async () => {
    await world.change(person, { mail: 'new@acme.test', mobile: '+35226123456' });
    person = Object.assign(person, { mail: 'new@acme.test', mobile: '+35226123456' });
    const { mail, sms } = await sent();
    expect([mail.to, sms.to]).toEqual(['new@acme.test', '+35226123456']);
  });

  it('a mail is text and HTML, with the link as a button and as text', async () => {
    const { link, mail } = await sent();
    expect(mail.text).toContain(`\n${link}\n`);
    expect(mail.html).toContain(`href="${link}"`);
    expect(mail.html).not.toMatch(/<script|src="http|<form/);
  });

  it('variables: USERNAME, DOMAIN, FULLNAME, LINK, EXPIRES in local time, HOURS, COMMENTS, ADMIN', async () => {
    person = await world.person({ displayName: 'Zoë M.' });
    await world.configure({ domainSettings: inline(EVERY_VARIABLE) });
    const { link, mail, sms } = await sent({ expires: 72, comments: 'Ticket 812' });
    expect(mail.subject).toBe(`S ${person.login} Acme Shipping`);
    expect(mail.text).toBe(
      `u=${person.login} d=ACME f=Zoë M. o=Acme Shipping\n\n${link}\n\n` +
        `e=Thursday, 6 August 2026 at 11:00 CEST h=72 a=ACME\\chief\n\nc=Ticket 812\n`,
    );
    expect(sms.text).toBe(
      `u=${person.login} d=ACME f=Zoë M. e=6 Aug, 11:00 CEST h=72 a=ACME\\chief ${link} Ticket 812`,
    );
  });

  it('templates are per domain: the own one of a domain leaves the others alone', async () => {
    await world.configure({
      domainSettings: '{ sms_templates: { password-reset-link: { en: "Own: %LINK%" } } }',
    });
    expect((await sent()).sms.text).toMatch(/^Own: http/);
    person = await world.person({}, 'Umbrella');
    expect((await sent({ domain: 'Umbrella' })).sms.text).toMatch(/^Umbrella: /);
  });

  it.each([
    ['en', 'Set a new password for ACME'],
    ['de', 'Neues Passwort für ACME festlegen'],
    ['de-AT', 'Neues Passwort für ACME festlegen'],
    ['fr', expect.stringMatching(/mot de passe/) as string],
    ['ru', expect.stringMatching(/парол/) as string],
    ['pt', 'Set a new password for ACME'],
    [null, 'Set a new password for ACME'],
  ])('templates are per language: a person with %j', async (language, subject) => {
    person = await world.person({ language });
    expect((await sent()).mail.subject).toEqual(subject);
  });

  it('people without a language get the setting default_language', async () => {
    await world.configure({ domainSettings: '{ default_language: fr }' });
    expect((await sent()).mail.subject).toMatch(/mot de passe/);
  });

  it.each([
    ['a mail without %LINK%', '{ mail_templates: { password-reset-link: { en: { subject: S, text: "Call us" } } } }'],
    [
      'a mail with %LINK% in the subject only',
      '{ mail_templates: { password-reset-link: { en: { subject: "%LINK%", text: "x" } } } }',
    ],
    ['an SMS without %LINK%', '{ sms_templates: { password-reset-link: { en: "Call us" } } }'],
    ['one language of several without %LINK%', '{ sms_templates: { password-reset-link: { en: "%LINK%", de: "x" } } }'],
    ['a variable that does not exist', '{ sms_templates: { password-reset-link: { en: "%LINK% %TOKEN%" } } }'],
    ['a purpose that does not exist', '{ sms_templates: { password-reset: { en: "%LINK%" } } }'],
    ['no text', '{ sms_templates: { password-reset-link: { en: "" } } }'],
  ])('a template is refused when saved: %s', async (_case, settings) => {
    const before = (await sent()).sms.text;
    await expect(world.configure({ domainSettings: settings })).rejects.toThrow(ConfigurationError);
    await expect(world.configure({ settings })).rejects.toThrow(ConfigurationError);
    expect((await sent()).sms.text.replace(/req=.*/, '')).toBe(before.replace(/req=.*/, ''));
  });

  it('an SMS holds the link and at most the first 60 characters of the comments; the mail holds all of them', async () => {
    const comments = `${'c'.repeat(60)}THE REST`;
    const { link, mail, sms } = await sent({ comments });
    expect(sms.text).toContain(link);
    expect(sms.text).toContain('c'.repeat(60));
    expect(sms.text).not.toContain('cccT');
    expect(mail.text).toContain(comments);
  });

  it('attack 62: a name or comment with line breaks stays on its line, in subject and text', async () => {
    person = await world.person({ displayName: 'Eve\r\nBcc: all@acme.test', login: 'eve=?utf-8?q?x?=' });
    await world.configure({
      domainSettings:
        '{ mail_templates: { password-reset-link: { en: { subject: "For %FULLNAME% (%USERNAME%)", text: "%LINK%" } } } }',
    });
    const { mail } = await sent({ comments: 'a\r\n\r\nhttps://evil.test' });
    expect(mail.subject).toBe('For Eve Bcc: all@acme.test (eve= ?utf-8?q?x?=)');
  });

  it('attack 62: links in comments are not made clickable by us, and come after ours', async () => {
    const { link, mail, sms } = await sent({ comments: 'https://evil.test/x' });
    expect(mail.html).not.toContain('href="https://evil.test');
    expect(mail.text.indexOf(link)).toBeLessThan(mail.text.indexOf('https://evil.test'));
    expect(sms.text.indexOf(link)).toBeLessThan(sms.text.indexOf('https://evil.test'));
  });

  describe('the notice after the change', () => {
    it('goes to the mail address, names time and client address, and holds no link', async () => {
      await world.reset(await world.link(person));
      const [notice, ...more] = await world.messages(person);
      expect(more).toEqual([]);
      expect(notice).toMatchObject({ channel: 'MAIL', to: person.mail, subject: 'Your password for ACME was changed' });
      expect(notice?.text).toContain('127.0.0.1');
      expect(notice?.text).toMatch(/\d{2}:\d{2} UTC/);
      expect(`${notice?.text}${notice?.html}`).not.toMatch(/https?:\/\/(?!www\.w3\.org)|req=/);
    });

    it('goes by SMS to who has no mail address, and nowhere for who has neither', async () => {
      person = await world.person({ mail: null });
      await world.reset(await world.link(person));
      expect((await world.messages(person)).map(({ channel }) => channel)).toEqual(['SMS']);
      person = await world.person({ mail: null, mobile: null });
      expect((await world.reset(await world.link(person))).status).toBe(200);
      expect(await world.messages(person)).toEqual([]);
    });

    it('goes to the address of before the change, also when it was changed while the link was open', async () => {
      const { browser } = await world.open(await world.link(person));
      await world.change(person, { mail: 'thief@evil.test' });
      expect((await browser.get('/webapps/pwreset/password')).status).toBe(404);
      expect(await world.messages({ mail: 'thief@evil.test', mobile: null })).toEqual([]);
    });
  });
});
