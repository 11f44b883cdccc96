import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { databaseOfSuite } from '../pwreset/contract/database-of-suite.js';
import { NEW_PASSWORD, OLD_PASSWORD, World } from '../pwreset/contract/world.js';
import { enrolmentLink, formTo, pageOf, pastLogin, storedTokens } from './contract/enrolling.js';

const PIN = { pin: 'Pelican7', again: 'Pelican7' };
const DEAD = 'This link is not valid any more';

describe('the link "this was not me"', () => {
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

  /** Sets up a PIN code; the link in the message about it. */
  async function enrolled(): Promise<string> {
    const { browser, page } = await pastLogin(world, await enrolmentLink(world, person, { item: 'PINCode' }));
    await browser.submit(page, PIN);
    const [notice] = await world.messages(person);
    const link = /http\S+\/not-me\/\?req=[\w-]{43}/.exec(notice?.text ?? '')?.[0];
    if (!link) throw new Error(`no link in ${notice?.text}`);
    return link;
  }

  const status = async (): Promise<string | undefined> => (await storedTokens(world, person)).at(-1)?.status;
  const freeze = async (link: string) => {
    const browser = world.browser();
    return browser.submit(await browser.get(link), {});
  };

  it('attack 14: changes nothing when it is looked at', async () => {
    const link = await enrolled();
    const page = await world.browser().get(link);
    expect(page.status).toBe(200);
    expect(page.html).toContain('PIN code');
    expect(page.html).toContain(person.login);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await status()).toBe('ACTIVE');
  });

  it('stops the authenticator when the button is pressed, once', async () => {
    const link = await enrolled();
    const after = await world.lastAuditId();
    expect((await freeze(link)).html).toContain('It is stopped');
    expect(await status()).toBe('DISABLED');
    expect(await world.audit({ event: 'authenticator.frozen', after })).toMatchObject([
      { actor: 'person', outcome: 'success', target: person.login, domain: 'ACME', detail: { slot: 'PINCode' } },
    ]);
    const dead = await world.browser().get(link);
    expect(dead.status).toBe(404);
    expect(dead.html).toContain(DEAD);
  });

  it('ends open links of the person, and their page sessions', async () => {
    const link = await enrolled();
    const waiting = await enrolmentLink(world, person, {});
    const open = await pastLogin(world, waiting);
    await freeze(link);
    expect((await open.browser.get(pageOf('pin-code'))).status).toBe(404);
    expect((await world.requests(person))[0]).toMatchObject({ state: 'cancelled', endReason: 'compromised' });
  });

  it('attack 17: ends a password reset whose second factor was the stopped authenticator', async () => {
    const dn = `cn=${person.login},dc=ACME`;
    await world.chief.call('OpenOTP.Emerg_Register', { dn, otp: 'abcdefgh23', expires: 3600, maxuse: 1 });
    const [notice] = await world.messages(person);
    const link = /http\S+\/not-me\/\?req=[\w-]{43}/.exec(notice?.text ?? '')?.[0] ?? '';
    const { browser, form } = await world.open(await world.link(person, { mfa: true }));
    const code = formTo(form, '/webapps/pwreset/second-factor/code');
    const newPassword = await browser.submit(code, { code: 'abcdefgh23' });
    expect(newPassword.url).toMatch(/\/pwreset\/password$/);
    expect((await freeze(link)).html).toContain('It is stopped');
    expect((await browser.submit(newPassword, { password: NEW_PASSWORD, repeated: NEW_PASSWORD })).status).toBe(404);
    expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
  });

  it('leaves the links about other changes alive', async () => {
    const first = await enrolled();
    const dn = `cn=${person.login},dc=ACME`;
    await world.chief.call('OpenOTP.Emerg_Register', { dn, expires: 3600 });
    const second = (await world.messages(person)).map(({ text }) => /http\S+\/not-me\/\?req=[\w-]{43}/.exec(text)?.[0]);
    await freeze(first);
    expect((await freeze(second[0] ?? '')).html).toContain('It is stopped');
  });

  it('attack 12: works after the password was changed, here or with another tool', async () => {
    const link = await enrolled();
    await world.reset(await world.link(person));
    await world.change(person, { passwordChangedAt: world.app.clock.in(60) });
    expect((await freeze(link)).html).toContain('It is stopped');
    expect(await status()).toBe('DISABLED');
  });

  it('attack 12: works after the address was changed', async () => {
    const link = await enrolled();
    await world.change(person, { mail: `thief-${person.mail ?? ''}` });
    await enrolmentLink(world, person, {});
    await world.settle();
    expect((await freeze(link)).html).toContain('It is stopped');
    expect(await status()).toBe('DISABLED');
  });

  it('leaves links of other kinds to die with the password', async () => {
    await enrolled();
    const other = await enrolmentLink(world, person, {});
    await world.reset(await world.link(person));
    expect((await world.browser().get(other)).status).toBe(404);
  });

  it('attack 7: of sixteen that press the button one stops it', async () => {
    const link = await enrolled();
    const after = await world.lastAuditId();
    const browser = world.browser();
    const page = await browser.get(link);
    await Promise.all(Array.from({ length: 16 }, () => browser.submit(page, {})));
    expect(await world.audit({ event: 'authenticator.frozen', after })).toHaveLength(1);
    expect(await status()).toBe('DISABLED');
  });

  it('attack 9: takes no link of another kind, and no other page takes this one', async () => {
    const link = await enrolled();
    const enrolment = await enrolmentLink(world, person, {});
    const secret = (url: string): string => new URL(url).search;
    expect((await world.browser().get(pageOf(`not-me/${secret(enrolment)}`))).html).toContain(DEAD);
    expect((await world.browser().get(pageOf(secret(link)))).html).toContain(DEAD);
  });

  it.each(['', 'req=', 'req=x', `req=${'A'.repeat(43)}`, 'req=a&req=b'])(
    'attack 45: %j is the one neutral page',
    async (query) => {
      const page = await world.browser().get(pageOf(`not-me/?${query}`));
      expect([page.status, page.html.includes(DEAD)]).toEqual([404, true]);
    },
  );

  it('does not ask for the password, which may be known to somebody else', async () => {
    const link = await enrolled();
    expect((await world.browser().get(link)).html).not.toContain(OLD_PASSWORD);
    expect((await world.browser().get(link)).html).not.toContain('type="password"');
  });
});
