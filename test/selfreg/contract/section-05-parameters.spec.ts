import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';

const HOUR = 3_600_000;
const SEND = 'SelfReg.Send_Request';

/** The union of the two published lists, without the one that there is no support for. */
const ITEMS = ['Token1', 'Token2', 'Token3', 'FIDO', 'PINCode', 'AppKeys', 'OTPList'] as const;
const APPLICATIONS = ['OpenOTP', 'SpanKey', 'PKI'] as const;

describe('section 5: SelfReg.Send_Request', () => {
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

  const call = (params: object) => world.chief.call(SEND, { username: person.login, ...params });
  const expectLink = async (params: object): Promise<string> => {
    const answer = await call(params);
    expect(answer).toMatchObject({
      jsonrpc: '2.0',
      id: 0,
      result: expect.stringMatching(/\/webapps\/selfreg\/\?req=[\w-]{43}$/) as string,
    });
    return String((answer as { result: unknown }).result);
  };
  const channels = async (): Promise<string[]> =>
    (await world.messages(person)).map(({ channel }) => channel).toSorted();
  const hours = async (): Promise<number> => {
    const [request] = await world.requests(person);
    return ((request?.expiresAt.getTime() ?? 0) - world.app.clock.now().getTime()) / HOUR;
  };
  /** What the newest link is limited to. */
  const scope = async (): Promise<unknown> => {
    const [request] = await world.query<{ payload: unknown }>(
      'SELECT payload FROM one_time_requests ORDER BY number DESC LIMIT 1',
    );
    return request?.payload;
  };
  const lastRefusal = async () => (await world.audit({ event: 'token-enrolment.refused' })).at(-1);

  describe('username and domain', () => {
    it('username required: -32602 Parameter username missing', async () => {
      expect(await world.chief.call(SEND, {})).toEqual(failure(-32602, 'Parameter username missing'));
    });

    it.each([[5], [true], [['jane']]])('username %j: -32602 Parameter username not String', async (username) => {
      expect(await call({ username })).toEqual(failure(-32602, 'Parameter username not String'));
    });

    it('unknown: -32603 User not found <DOMAIN>\\<user>', async () => {
      expect(await call({ username: 'no such person' })).toEqual(
        failure(-32603, 'User not found ACME\\no such person'),
      );
    });

    it("unknown domain: -32603 Domain '<d>' not existing", async () => {
      expect(await call({ domain: 'NoSuch' })).toEqual(failure(-32603, "Domain 'NoSuch' not existing"));
    });

    it('names any domain, in any case', async () => {
      person = await world.person({}, 'Umbrella');
      await expectLink({ method: 'NONE', domain: 'UMBRELLA' });
    });
  });

  describe('method', () => {
    it.each([
      ['MAIL', ['MAIL']],
      ['SMS', ['SMS']],
      ['MAILSMS', ['MAIL', 'SMS']],
      ['NONE', []],
    ])('%s sends by %j, and returns the link all the same', async (method, sent) => {
      const link = await expectLink({ method });
      expect(await channels()).toEqual(sent);
      for (const { text } of await world.messages(person)) expect(text).toContain(link);
    });

    it.each(['FAX', '', 'MAIL,SMS'])('%j: false', async (method) => {
      expect(await call({ method })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'unknown-word' });
    });

    it('absent: setting Link Delivery Mode', async () => {
      await world.configure({ settings: '{ link_delivery_mode: SMS }' });
      await expectLink({});
      expect(await channels()).toEqual(['SMS']);
    });

    it.each([
      ['MAIL', { mail: null }],
      ['SMS', { mobile: null }],
    ])('%s for somebody without that address: false', async (method, fields) => {
      person = await world.person(fields);
      expect(await call({ method })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'no-address' });
    });
  });

  describe('application and item', () => {
    it('neither: every application, any item', async () => {
      await expectLink({ method: 'NONE' });
      expect(await scope()).toEqual({});
    });

    it.each(ITEMS)('item %s alone implies OpenOTP', async (item) => {
      await expectLink({ method: 'NONE', item });
      expect(await scope()).toEqual({ application: 'OpenOTP', item });
    });

    it.each(ITEMS)('OpenOTP and %s', async (item) => {
      await expectLink({ method: 'NONE', application: 'OpenOTP', item });
      expect(await scope()).toEqual({ application: 'OpenOTP', item });
    });

    it.each(ITEMS.flatMap((item) => (['SpanKey', 'PKI'] as const).map((application) => [application, item] as const)))(
      '%s and %s: false',
      async (application, item) => {
        expect(await call({ method: 'NONE', application, item })).toEqual(FALSE);
        expect(await lastRefusal()).toMatchObject({ code: 'unknown-word' });
        expect(await world.requests(person)).toEqual([]);
      },
    );

    it.each([undefined, ...APPLICATIONS])('Voice with application %s: false', async (application) => {
      expect(await call({ method: 'NONE', item: 'Voice', ...(application && { application }) })).toEqual(FALSE);
    });

    it.each(['OpenOTP', 'SpanKey'])('%s alone', async (application) => {
      await expectLink({ method: 'NONE', application });
      expect(await scope()).toEqual({ application });
    });

    it.each([
      [
        { application: 'openotp', item: 'TOKEN2' },
        { application: 'OpenOTP', item: 'Token2' },
      ],
      [{ application: 'SPANKEY' }, { application: 'SpanKey' }],
      [{ item: 'pincode' }, { application: 'OpenOTP', item: 'PINCode' }],
    ])('%j: matched without regard to case, stored as documented', async (params, stored) => {
      await expectLink({ method: 'NONE', ...params });
      expect(await scope()).toEqual(stored);
    });

    it.each([
      { item: 'Token4' },
      { item: 'Token' },
      { item: '' },
      { item: 'GridCard' },
      { application: 'TiQR' },
      { application: '' },
      { application: 'OpenOTP,SpanKey' },
    ])('%j, an unknown word: false', async (params) => {
      expect(await call({ method: 'NONE', ...params })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'unknown-word' });
    });

    it.each([{ item: 1 }, { item: ['Token1'] }, { application: true }])('%j: -32602 not String', async (params) => {
      const [name = ''] = Object.keys(params);
      expect(await call(params)).toEqual(failure(-32602, `Parameter ${name} not String`));
    });

    it('null counts as absent', async () => {
      await expectLink({ method: 'NONE', application: null, item: null });
      expect(await scope()).toEqual({});
    });

    it.each([
      ['selfreg_allowed_items: [PINCode]', { item: 'Token1' }],
      ['selfreg_allowed_items: [PINCode]', { application: 'SpanKey' }],
      ['selfreg_allowed_applications: [SpanKey]', { item: 'Token1' }],
      ['selfreg_allowed_applications: [OpenOTP]', { application: 'SpanKey' }],
      ['selfreg_allowed_items: []', {}],
    ])('%s makes %j false', async (setting, params) => {
      await world.configure({ domainSettings: `{ ${setting} }` });
      expect(await call({ method: 'NONE', ...params })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'feature-locked' });
    });

    it('what is allowed goes on to work, for that domain only', async () => {
      await world.configure({ domainSettings: '{ selfreg_allowed_items: [PINCode] }' });
      await expectLink({ method: 'NONE', item: 'PINCode' });
      await expectLink({ method: 'NONE' });
      person = await world.person({}, 'Umbrella');
      await expectLink({ method: 'NONE', domain: 'Umbrella', item: 'Token1' });
    });
  });

  describe('expires', () => {
    it.each([
      [1, 1],
      [48, 48],
      [720, 720],
      ['72', 72],
    ])('%j: hours', async (expires, expected) => {
      await expectLink({ method: 'NONE', expires });
      expect(await hours()).toBe(expected);
    });

    it.each([0, -1, 721, '0'])('%j, out of 1 to 720: false', async (expires) => {
      expect(await call({ method: 'NONE', expires })).toEqual(FALSE);
      expect(await lastRefusal()).toMatchObject({ code: 'value-out-of-range' });
    });

    it.each([3_600, 86_400, 604_800])('%j, seconds of the client that counts these: false', async (expires) => {
      expect(await call({ method: 'NONE', expires })).toEqual(FALSE);
    });

    it('300, the least of the client that counts seconds: hours all the same', async () => {
      await expectLink({ method: 'NONE', expires: 300 });
      expect(await hours()).toBe(300);
    });

    it.each([['abc'], [1.5], [true]])('%j: -32602 Parameter expires not Integer', async (expires) => {
      expect(await call({ method: 'NONE', expires })).toEqual(failure(-32602, 'Parameter expires not Integer'));
    });

    it('absent: setting Link Expiration, 24 unless set', async () => {
      await expectLink({ method: 'NONE' });
      expect(await hours()).toBe(24);
    });
  });

  describe('comments', () => {
    it('are put into the message and onto the page', async () => {
      const link = await expectLink({ method: 'MAILSMS', comments: 'Ticket 812' });
      for (const { text } of await world.messages(person)) expect(text).toContain('Ticket 812');
      expect((await world.browser().get(link)).html).toContain('Ticket 812');
    });

    it('1000 characters at most; one more: false', async () => {
      await expectLink({ comments: 'x'.repeat(1_000) });
      expect(await call({ comments: 'x'.repeat(1_001) })).toEqual(FALSE);
    });

    it('attack 62: markup stays text in mail and page', async () => {
      const link = await expectLink({ method: 'MAIL', comments: '<img src=x onerror=alert(1)>' });
      expect((await world.messages(person))[0]?.html).not.toContain('<img src=x');
      expect((await world.browser().get(link)).html).not.toContain('<img src=x');
    });
  });

  it('the message names the item, and the landing page does', async () => {
    const link = await expectLink({ method: 'MAIL', item: 'Token2' });
    expect((await world.messages(person))[0]?.text).toContain('one-time password token 2');
    expect((await world.browser().get(link)).html).toContain('one-time password token 2');
  });

  it('attack 12: a newer link takes the place of the older one, and leaves one of PwReset alone', async () => {
    const reset = await world.link(person);
    const older = await expectLink({ method: 'NONE' });
    const newer = await expectLink({ method: 'NONE', item: 'FIDO' });
    const statusOf = async (link: string) => (await world.browser().get(link)).status;
    expect([await statusOf(older), await statusOf(newer), await statusOf(reset)]).toEqual([404, 200, 200]);
  });

  it('unknown parameters are ignored, mfa of section 6 among them', async () => {
    await expectLink({ method: 'NONE', mfa: 'yes', nonsense: { a: 1 } });
  });

  it('attack 63: NUL and lone surrogates in any text are a parameter error, never a fault', async () => {
    for (const name of ['username', 'domain', 'method', 'application', 'item', 'comments']) {
      expect(await call({ [name]: 'a\0b' })).toEqual(failure(-32602, `Parameter ${name} not String`));
      expect(await call({ [name]: '\ud800' })).toEqual(failure(-32602, `Parameter ${name} not String`));
    }
  });
});
