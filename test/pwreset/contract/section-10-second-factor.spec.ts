import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/directory/account.entity.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { People } from '../../../src/core/directory/people.js';
import { EmergencyCodes } from '../../../src/tokens/kinds/emergency-code/emergency-codes.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { TokenFactory } from '../../support/token-factory.js';
import { databaseOfSuite } from './database-of-suite.js';
import { accountOf, csrfOf } from './owing.js';
import { NEW_PASSWORD, World } from './world.js';

const WRONG = '000000';
const STEP = '/webapps/pwreset/second-factor';

interface Opened {
  readonly browser: Browserless;
  readonly page: SeenPage;
}

describe('section 10.2: a second factor before the new password', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let tokens: TokenFactory;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    const { app } = world;
    tokens = new TokenFactory({ get: (token) => app.get(token), database: database().database, clock: app.clock });
  });
  afterAll(() => world.stop());

  const account = (): Promise<Account> => accountOf(world, person);

  async function open(params: object = { mfa: true }): Promise<Opened> {
    const browser = world.browser();
    return { browser, page: await browser.submit(await browser.get(await world.link(person, params)), {}) };
  }

  const code = (browser: Browserless, page: SeenPage, factor: string, typed: string): Promise<SeenPage> =>
    browser.post(`${STEP}/code`, { csrf: csrfOf(page), factor, code: typed });

  it('asks for a code when the call says so, and then for the password', async () => {
    await tokens.totp(await account());
    const { browser, page } = await open();
    expect(page.url).toContain(STEP);
    const form = await code(browser, page, 'OTP', tokens.code());
    expect(form.url).toContain('/password');
    const done = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(done.html).toContain('Your new password is set');
    expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
  });

  it('asks when the setting says so, and not when the call says otherwise', async () => {
    await world.configure({ domainSettings: '{ pwreset_require_second_factor: true }' });
    await tokens.totp(await account());
    expect((await open({})).page.url).toContain(STEP);
    expect((await open({ mfa: false })).page.url).toContain('/password');
  });

  it('attack 4: no password is set before the step is passed', async () => {
    await tokens.totp(await account());
    const { browser, page } = await open();
    expect((await browser.get('/webapps/pwreset/password')).url).toContain(STEP);
    const forced = await browser.post('/webapps/pwreset/password', {
      csrf: csrfOf(page),
      password: NEW_PASSWORD,
      repeated: NEW_PASSWORD,
    });
    expect(forced.html).not.toContain('Your new password is set');
    expect(await world.opens(person, NEW_PASSWORD)).toBe(false);
  });

  it.each(['', ' ', '١٢٣٤٥٦', 'x'.repeat(1_000), '[]', '{}'])('attack 5: %j passes nothing', async (typed) => {
    await tokens.totp(await account());
    const { browser, page } = await open();
    expect((await code(browser, page, 'OTP', typed)).status).toBe(422);
    expect((await browser.get('/webapps/pwreset/password')).url).toContain(STEP);
  });

  it('attack 21: a code that was used elsewhere is not taken', async () => {
    await tokens.totp(await account());
    const first = await open();
    await code(first.browser, first.page, 'OTP', tokens.code());
    const second = await open();
    expect((await code(second.browser, second.page, 'OTP', tokens.code())).status).toBe(422);
  });

  it('locks the link after five wrong codes', async () => {
    await tokens.totp(await account());
    const { browser, page } = await open();
    let last = page;
    for (let attempt = 0; attempt < 5; attempt++) last = await code(browser, page, 'OTP', WRONG);
    expect(last.status).toBe(404);
    expect(await world.requests(person)).toMatchObject([{ state: 'locked' }]);
  });

  it('attack 27: a new link gives no new guesses', async () => {
    await tokens.totp(await account());
    const first = await open();
    for (let attempt = 0; attempt < 5; attempt++) await code(first.browser, first.page, 'OTP', WRONG);
    const second = await open();
    const refused = await code(second.browser, second.page, 'OTP', tokens.code());
    expect(refused.status).toBe(429);
    expect((await second.browser.get('/webapps/pwreset/password')).url).toContain(STEP);
  });

  it('sends a code by SMS when the person asks, and takes it once', async () => {
    await account();
    const { browser, page } = await open();
    expect(page.html).toContain('Send a code to');
    expect(page.html).not.toContain(person.mobile);
    const sent = await browser.post(`${STEP}/send`, { csrf: csrfOf(page) });
    const sms = (await world.messages(person)).find(({ channel }) => channel === 'SMS');
    const passcode = /\b(\d{6})\b/.exec(sms?.text ?? '')?.[1] ?? '';
    const form = await code(browser, sent, 'OTPoD', passcode);
    expect(form.url).toContain('/password');
  });

  it('does not send the code the way the link came', async () => {
    await account();
    const { page } = await open({ mfa: true, method: 'SMS' });
    expect(page.status).toBe(403);
    expect(page.html).toContain('We cannot check here that it is you');
  });

  it('takes an emergency code, once', async () => {
    const holder = await account();
    const { app } = world;
    const domain = (await app.get(Configuration).snapshot()).domainById(person.domainId);
    if (!domain) throw new Error('no domain');
    const found = await app.get(People).byLogin(domain, person.login);
    const { code: emergency } = await database().database.transaction((tx) =>
      app.get(EmergencyCodes).issue(tx, {
        found: { ...found, account: holder },
        requestId: undefined,
        context: { actor: 'ACME\\chief', domain: 'ACME', target: person.login },
      }),
    );
    const first = await open();
    expect((await code(first.browser, first.page, 'EMCODE', emergency)).url).toContain('/password');
    const second = await open();
    expect((await code(second.browser, second.page, 'EMCODE', emergency)).url).toContain(STEP);
  });

  it('attack 41: is owed again when an authenticator was taken away meanwhile', async () => {
    const held = await tokens.totp(await account());
    const { browser, page } = await open();
    const form = await code(browser, page, 'OTP', tokens.code());
    expect(form.url).toContain('/password');
    const dn = `cn=${person.login},dc=ACME`;
    expect(
      await world.chief.call('OpenOTP.Token_Disable', { dn, id: Number(held.assignment.slot?.slice(5)) }),
    ).toMatchObject({
      result: true,
    });
    await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(await world.opens(person, NEW_PASSWORD)).toBe(false);
    expect((await browser.get('/webapps/pwreset/password')).url).toContain(STEP);
  });

  it('shows a neutral page to a person without any factor', async () => {
    await world.change(person, { mobile: null });
    await account();
    const { page } = await open();
    expect(page.status).toBe(403);
    expect(page.html).toContain('Please contact your help desk');
  });

  it('attack 15: a reset with a second factor leaves the factor in place, and opens no session', async () => {
    const held = await tokens.totp(await account());
    const { browser, page } = await open();
    const form = await code(browser, page, 'OTP', tokens.code());
    await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect((await tokens.stored(held)).assignment).toMatchObject({ status: 'ACTIVE', endedAt: null });
    expect((await browser.get('/webapps/pwreset/password')).status).toBe(404);
  });

  it('attack 41: a disabled token is no factor', async () => {
    const held = await tokens.totp(await account());
    await world.query(`UPDATE tokens SET status = 'DISABLED' WHERE id = $1`, [held.token.id]);
    await world.change(person, { mobile: null });
    expect((await open()).page.status).toBe(403);
  });
});
