import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { World } from './world.js';

const HOUR = 3_600_000;

describe('section 6: PwReset.Send_Request', () => {
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

  const call = (params: object): ReturnType<World['call']> => world.call({ username: person.login, ...params });
  const expectLink = async (params: object): Promise<void> => {
    expect(await call(params)).toMatchObject({
      jsonrpc: '2.0',
      id: 0,
      result: expect.stringMatching(/\?req=[\w-]{43}$/) as string,
    });
  };
  const channels = async (): Promise<string[]> =>
    (await world.messages(person)).map(({ channel }) => channel).toSorted();
  /** Hours for which the newest link works. */
  const hours = async (): Promise<number> => {
    const [request] = await world.requests(person);
    return ((request?.expiresAt.getTime() ?? 0) - world.app.clock.now().getTime()) / HOUR;
  };
  const lastRefusal = async () => (await world.audit({ event: 'password-reset.refused' })).at(-1);

  describe('username', () => {
    it('required: -32602 Parameter username missing', async () => {
      expect(await world.call({})).toEqual(failure(-32602, 'Parameter username missing'));
      expect(await world.call({ username: null })).toEqual(failure(-32602, 'Parameter username missing'));
    });

    it.each([[5], [true], [['jane']], [{ login: 'jane' }]])(
      '%j: -32602 Parameter username not String',
      async (username) => {
        expect(await world.call({ username })).toEqual(failure(-32602, 'Parameter username not String'));
      },
    );

    it('may contain spaces', async () => {
      person = await world.person({ login: 'Jane van der Doe' });
      await expectLink({ method: 'NONE' });
    });

    it('attack 28: another spelling of the same name is the same person', async () => {
      person = await world.person({ login: 'Zoë Müller' });
      for (const username of ['zoë müller', 'ZOË MÜLLER', ' Zoë  Müller ', 'Zoe\u0308 Mu\u0308ller']) {
        await expectLink({ username, method: 'NONE' });
      }
      expect((await world.requests(person)).map(({ state }) => state)).toEqual([
        'sent',
        'cancelled',
        'cancelled',
        'cancelled',
      ]);
    });

    it('unknown: -32603 User not found <DOMAIN>\\<user>', async () => {
      expect(await world.call({ username: 'no such person' })).toEqual(
        failure(-32603, 'User not found ACME\\no such person'),
      );
    });
  });

  describe('domain', () => {
    it('absent or null: the default domain', async () => {
      await expectLink({ method: 'NONE' });
      await expectLink({ method: 'NONE', domain: null });
    });

    it('names any domain, in any case', async () => {
      person = await world.person({}, 'Umbrella');
      await expectLink({ method: 'NONE', domain: 'UMBRELLA' });
      expect(await world.call({ username: person.login })).toEqual(
        failure(-32603, `User not found ACME\\${person.login}`),
      );
    });

    it("unknown: -32603 Domain '<d>' not existing", async () => {
      expect(await call({ domain: 'NoSuch' })).toEqual(failure(-32603, "Domain 'NoSuch' not existing"));
      expect(await call({ domain: '' })).toEqual(failure(-32603, "Domain '' not existing"));
    });

    it.each([[5], [false], [[]]])('%j: -32602 Parameter domain not String', async (domain) => {
      expect(await call({ domain })).toEqual(failure(-32602, 'Parameter domain not String'));
    });
  });

  describe('method', () => {
    it.each([
      ['MAIL', ['MAIL']],
      ['SMS', ['SMS']],
      ['MAILSMS', ['MAIL', 'SMS']],
      ['NONE', []],
    ])('%s sends by %j, and returns the link all the same', async (method, sent) => {
      const link = await world.link(person, { method });
      expect(await channels()).toEqual(sent);
      for (const { text } of await world.messages(person)) expect(text).toContain(link);
    });

    it.each(['mail', 'MailSms', 'none'])('%s: matched without regard to case, stored as documented', async (method) => {
      await expectLink({ method });
      const [row] = await world.query<{ delivery_method: string }>(
        'SELECT delivery_method FROM one_time_requests ORDER BY number DESC LIMIT 1',
      );
      expect(row?.delivery_method).toBe(method.toUpperCase());
    });

    it.each(['FAX', '', 'MAIL,SMS', ' MAIL', 'MAIL\n', 'ALL', 'ſms'])('%j: false', async (method) => {
      expect(await call({ method })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'unknown-word' });
    });

    it.each([[1], [['MAIL']], [true]])('%j: -32602 Parameter method not String', async (method) => {
      expect(await call({ method })).toEqual(failure(-32602, 'Parameter method not String'));
    });

    it('absent or null: setting Link Delivery Mode, MAIL unless set', async () => {
      await expectLink({});
      await expectLink({ method: null });
      expect(await channels()).toEqual(['MAIL', 'MAIL']);
    });

    it('absent: the setting of the server', async () => {
      await world.configure({ settings: '{ link_delivery_mode: mailsms }' });
      await expectLink({});
      expect(await channels()).toEqual(['MAIL', 'SMS']);
    });

    it("absent: the domain's own setting comes before the server's, for that domain only", async () => {
      await world.configure({ domainSettings: '{ link_delivery_mode: SMS }' });
      await expectLink({});
      expect(await channels()).toEqual(['SMS']);
      person = await world.person({}, 'Umbrella');
      await expectLink({ domain: 'Umbrella' });
      expect(await channels()).toEqual(['MAIL']);
    });
  });

  describe('expires', () => {
    it.each([
      [1, 1],
      [72, 72],
      [720, 720],
      ['72', 72],
      [24.0, 24],
    ])('%j: hours', async (expires, expected) => {
      await expectLink({ method: 'NONE', expires });
      expect(await hours()).toBe(expected);
    });

    it.each([0, -1, 721, 9_007_199_254_740_991, '0', '-1', '721'])('%j, out of 1 to 720: false', async (expires) => {
      expect(await call({ method: 'NONE', expires })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'value-out-of-range' });
    });

    it.each([['abc'], [''], ['72h'], [' 72'], ['7e1'], ['0x10'], ['072'], [1.5], [true], [[]], [{}]])(
      '%j: -32602 Parameter expires not Integer',
      async (expires) => {
        expect(await call({ method: 'NONE', expires })).toEqual(failure(-32602, 'Parameter expires not Integer'));
      },
    );

    it('absent or null: setting Link Expiration, 24 unless set', async () => {
      await expectLink({ method: 'NONE' });
      expect(await hours()).toBe(24);
      await expectLink({ method: 'NONE', expires: null });
      expect(await hours()).toBe(24);
    });

    it("absent: the domain's own setting comes before the server's", async () => {
      await world.configure({
        settings: '{ link_expiration_hours: 48 }',
        domainSettings: '{ link_expiration_hours: 3 }',
      });
      await expectLink({ method: 'NONE' });
      expect(await hours()).toBe(3);
      person = await world.person({}, 'Umbrella');
      await expectLink({ method: 'NONE', domain: 'Umbrella' });
      expect(await hours()).toBe(48);
    });
  });

  describe('comments', () => {
    it('are put into the message and onto the page', async () => {
      const link = await world.link(person, { method: 'MAILSMS', comments: 'Ticket 812' });
      for (const { text } of await world.messages(person)) expect(text).toContain('Ticket 812');
      expect((await world.browser().get(link)).html).toContain('Ticket 812');
    });

    it('absent, null or empty: no line for them', async () => {
      for (const comments of [undefined, null, '', ' \t ']) {
        await expectLink({ comments });
        const [mail] = await world.messages(person);
        expect(mail?.text).not.toContain('Note from the help desk');
      }
    });

    it('1000 characters at most; one more: false', async () => {
      await expectLink({ comments: 'x'.repeat(1_000) });
      expect((await world.messages(person))[0]?.text).toContain('x'.repeat(1_000));
      expect(await call({ comments: 'x'.repeat(1_001) })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'value-out-of-range' });
    });

    it('control characters are stripped', async () => {
      await expectLink({ comments: 'Ticket\u0007 \u001b[31m8\u009b12' });
      expect((await world.messages(person))[0]?.text).toContain('Ticket [31m812');
    });

    it('attack 62: markup stays text in mail and page', async () => {
      const link = await world.link(person, { method: 'MAIL', comments: '<img src=x onerror=alert(1)> & co' });
      const [mail] = await world.messages(person);
      expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; co');
      expect(mail?.html).not.toContain('<img src=x');
      expect((await world.browser().get(link)).html).not.toContain('<img src=x');
    });

    it('%VARIABLES% in comments are not put in', async () => {
      await expectLink({ comments: '%LINK% %ADMIN%' });
      expect((await world.messages(person))[0]?.text).toContain('%LINK% %ADMIN%');
    });

    it('-32602 Parameter comments not String', async () => {
      expect(await call({ comments: 812 })).toEqual(failure(-32602, 'Parameter comments not String'));
    });
  });

  describe('mfa', () => {
    const demanded = async () => {
      const [request] = await world.query<{ second_factor: boolean }>(
        'SELECT second_factor FROM one_time_requests ORDER BY number DESC LIMIT 1',
      );
      return request?.second_factor;
    };

    it('true: a link that also asks for a second factor', async () => {
      await expectLink({ method: 'NONE', mfa: true });
      expect(await demanded()).toBe(true);
    });

    it('false, null or absent: no second factor', async () => {
      for (const mfa of [false, null, undefined]) {
        await expectLink({ method: 'NONE', mfa });
        expect(await demanded()).toBe(false);
      }
    });

    it('absent: setting Require Second Factor; false in the call still wins', async () => {
      await world.configure({ domainSettings: '{ pwreset_require_second_factor: true }' });
      await expectLink({ method: 'NONE' });
      expect(await demanded()).toBe(true);
      await expectLink({ method: 'NONE', mfa: false });
      expect(await demanded()).toBe(false);
    });

    it.each([['true'], ['false'], [0], [1], [''], [[]]])('%j: -32602 Parameter mfa not Boolean', async (mfa) => {
      expect(await call({ mfa })).toEqual(failure(-32602, 'Parameter mfa not Boolean'));
    });
  });

  describe('what is not a parameter', () => {
    it('unknown parameters are ignored, application and item of section 5 among them', async () => {
      await expectLink({ method: 'NONE', application: 'None such', item: 5, nonsense: { a: 1 } });
    });

    it('attack 14: addresses come from the directory, whatever the call says', async () => {
      const evil = { mail: 'eve@evil.test', email: ['eve@evil.test'], mobile: '+33600000000', to: 'eve@evil.test' };
      await expectLink({ ...evil, method: 'MAILSMS', comments: 'eve@evil.test' });
      await world.settle();
      expect(
        (await world.app.mailbox())
          .slice(0, 2)
          .map(({ to }) => to)
          .toSorted(),
      ).toEqual([person.mobile, person.mail]);
      expect(JSON.stringify((await world.app.mailbox()).map(({ to }) => to))).not.toContain('evil');
    });
  });

  it('attack 63: NUL and lone surrogates in any text are a parameter error, never a fault', async () => {
    for (const name of ['username', 'domain', 'method', 'comments']) {
      for (const value of ['a\0b', '\ud800', 'x\udfff']) {
        expect(await call({ [name]: value })).toEqual(failure(-32602, `Parameter ${name} not String`));
      }
    }
  });

  it('attack 63: any other text goes through, into message, page and audit', async () => {
    for (const comments of [
      '\u202egnihton',
      '\uffff\ufffe',
      '👩‍👩‍👧 Zo\u0308e',
      "'; DROP TABLE accounts; --",
      '\ufeff x',
    ]) {
      person = await world.person({ login: `odd ${comments}`, displayName: comments });
      const link = await world.link(person, { method: 'MAILSMS', comments });
      expect((await world.browser().get(link)).status).toBe(200);
      expect(await channels()).toEqual(['MAIL', 'SMS']);
    }
  });
});
