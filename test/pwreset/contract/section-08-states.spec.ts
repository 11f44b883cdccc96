import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import { Database } from '../../../src/core/database/database.js';
import { databaseOfSuite } from './database-of-suite.js';
import { NEW_PASSWORD, OLD_PASSWORD, World } from './world.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('section 8: state machine', () => {
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

  const states = async (): Promise<string[]> =>
    (await world.requests(person)).map(({ state, endReason }) => (endReason ? `${state}: ${endReason}` : state));
  const events = async (): Promise<string[]> => {
    const [request] = await world.requests(person);
    return (await world.audit()).filter(({ request_id }) => request_id === request?.id).map(({ event }) => event);
  };
  const expectDead = async (link: string): Promise<void> => {
    expect((await world.browser().get(link)).status).toBe(404);
    expect((await world.browser().post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(404);
    expect(await world.opens(person, NEW_PASSWORD)).toBe(false);
  };

  it.each(['MAIL', 'SMS', 'MAILSMS'])('created -> sent when %s is delivered', async (method) => {
    await world.link(person, { method });
    expect(await states()).toEqual(['sent']);
    expect(await events()).toEqual(['password-reset.created', 'password-reset.sent']);
  });

  it('created -> sent when there is nothing to deliver (NONE)', async () => {
    await world.link(person, { method: 'NONE' });
    expect(await states()).toEqual(['sent']);
    expect(await events()).toEqual(['password-reset.created']);
  });

  it('sent -> sent when the landing page is looked at: no column changes', async () => {
    const link = await world.link(person);
    const row = async (): Promise<unknown> =>
      world.query('SELECT * FROM one_time_requests ORDER BY number DESC LIMIT 1');
    const before = await row();
    await world.browser().get(link);
    expect(await row()).toEqual(before);
  });

  it('sent -> opened when the button of the landing page is pressed', async () => {
    await world.open(await world.link(person));
    expect(await states()).toEqual(['opened']);
    expect(await events()).toEqual(['password-reset.created', 'password-reset.opened']);
  });

  it('opened -> completed when the password is set; the secrets are erased', async () => {
    await world.reset(await world.link(person));
    expect(await states()).toEqual(['completed']);
    const [row] = await world.query(
      'SELECT link_digest, page_session_digest, receipt_digest, pin_digest FROM one_time_requests ORDER BY number DESC LIMIT 1',
    );
    expect(Object.values(row ?? {})).toEqual([null, null, null, null]);
  });

  it('sent -> expired: the link works up to its deadline and not from it on, whether or not the job has run', async () => {
    const link = await world.link(person, { expires: 2 });
    world.app.clock.advance(2 * HOUR - 1);
    expect((await world.browser().get(link)).status).toBe(200);
    world.app.clock.advance(1);
    await expectDead(link);
    expect(await states()).toEqual(['sent']);
    await world.expire();
    expect(await states()).toEqual(['expired: deadline']);
    expect(await events()).toContain('password-reset.expired');
  });

  it('a link that was opened in time may be gone on with after its deadline', async () => {
    const { browser, form } = await world.open(await world.link(person, { expires: 1 }));
    world.app.clock.advance(14 * MINUTE);
    await browser.get('/webapps/pwreset/password');
    for (let minutes = 0; minutes < 60; minutes += 14) {
      world.app.clock.advance(14 * MINUTE);
      expect((await browser.get('/webapps/pwreset/password')).status).toBe(200);
    }
    await world.expire();
    const done = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(done.status).toBe(200);
    expect(await states()).toEqual(['completed']);
  });

  it('opened -> abandoned after 15 idle minutes: the page session is over and the link stays dead', async () => {
    const link = await world.link(person);
    const { browser, form } = await world.open(link);
    world.app.clock.advance(15 * MINUTE);
    const late = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(late.status).toBe(404);
    await world.expire();
    expect(await states()).toEqual(['abandoned: idle']);
    await expectDead(link);
  });

  it('opened stays opened for 15 minutes after each step, a refused password among them', async () => {
    const { browser, form } = await world.open(await world.link(person));
    let page = form;
    for (let step = 0; step < 3; step++) {
      world.app.clock.advance(15 * MINUTE - 1);
      page = await browser.submit(page, { password: 'short', repeated: 'short' });
      expect(page.status).toBe(422);
    }
    world.app.clock.advance(15 * MINUTE - 1);
    await world.expire();
    const done = await browser.submit(page, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(done.status).toBe(200);
  });

  describe('sent|opened -> cancelled', () => {
    it('by a newer request, when not opened yet', async () => {
      const link = await world.link(person);
      await world.link(person);
      expect(await states()).toEqual(['sent', 'cancelled: superseded']);
      await expectDead(link);
    });

    it('by a newer request, when opened: the page session ends', async () => {
      const { browser, form } = await world.open(await world.link(person));
      await world.link(person);
      expect(await states()).toEqual(['sent', 'cancelled: superseded']);
      const late = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      expect(late.status).toBe(404);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });

    it('not by a newer request that is refused', async () => {
      const link = await world.link(person);
      await world.call({ username: person.login, method: 'FAX' });
      await world.call({ username: person.login, expires: 0 });
      expect((await world.browser().get(link)).status).toBe(200);
    });

    it('by the administrator (the core offers it, our own pages will)', async () => {
      const link = await world.link(person);
      const accountId = await accountOf(person);
      await world.app.get(Database).transaction(async (tx) => {
        const account = await world.app.get(Accounts).lock(tx, accountId);
        await world.app.get(OneTimeRequests).cancel(tx, account, { reason: 'administrator' });
      });
      expect(await states()).toEqual(['cancelled: administrator']);
      await expectDead(link);
    });

    it.each([
      ['the person is switched off', { disabled: true }, 'account-closed'],
      ['the mail address changes', { mail: 'new@acme.test' }, 'address-changed'],
      ['the mobile number changes', { mobile: '+35226999999' }, 'address-changed'],
      ['the mail address goes', { mail: null }, 'address-changed'],
    ] as const)('when %s, not opened yet', async (_what, change, reason) => {
      const link = await world.link(person);
      await world.change(person, change);
      await expectDead(link);
      expect(await states()).toEqual([`cancelled: ${reason}`]);
      await world.change(person, { disabled: false, mail: person.mail, mobile: person.mobile });
      await expectDead(link);
    });

    it.each([
      ['the person is switched off', { disabled: true }, 'account-closed'],
      ['the mail address changes', { mail: 'new@acme.test' }, 'address-changed'],
      ['the mobile number changes', { mobile: '+35226999999' }, 'address-changed'],
    ] as const)('when %s, opened already', async (_what, change, reason) => {
      const { browser, form } = await world.open(await world.link(person));
      await world.change(person, change);
      const late = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      expect(late.status).toBe(404);
      expect(await states()).toEqual([`cancelled: ${reason}`]);
      await world.change(person, { disabled: false, mail: person.mail, mobile: person.mobile });
      expect((await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD })).status).toBe(404);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });

    it('when the person is deleted', async () => {
      const link = await world.link(person);
      await world.remove(person);
      expect((await world.browser().get(link)).status).toBe(404);
      expect((await world.browser().post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(404);
      expect((await world.requests(person))[0]).toMatchObject({
        state: 'cancelled',
        endReason: 'account-closed',
      });
    });

    it('when the domain is blocked', async () => {
      const other = await world.person({}, 'Umbrella');
      const link = await world.link(other, { domain: 'Umbrella' });
      await world.configure({ edit: (yaml) => yaml.replace('- name: Umbrella', '$&\n    blocked: true') });
      expect((await world.browser().get(link)).status).toBe(404);
    });

    it('attack 19: when the person is deleted and made anew under the same name, for the new one nothing carries over', async () => {
      const { login, mail, mobile } = person;
      const link = await world.link(person);
      const { browser, form } = await world.open(await world.link(person));
      await world.remove(person);
      person = await world.person({ login, mail, mobile });
      await expectDead(link);
      const late = await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      expect(late.status).toBe(404);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
      expect(await states()).toEqual([]);
    });

    it('when the password is changed by another request of the person', async () => {
      const link = await world.link(person);
      const accountId = await accountOf(person);
      await world.app
        .get(Database)
        .transaction((tx) => world.app.get(Accounts).raiseCredentialGeneration(tx, accountId));
      await expectDead(link);
      expect(await states()).toEqual(['cancelled: password-changed']);
    });

    it('attack 17: when the password is changed in the directory, by whatever tool', async () => {
      const link = await world.link(person);
      world.app.clock.advance(MINUTE);
      await world.change(person, { passwordChangedAt: world.app.clock.now() });
      await expectDead(link);
      expect(await states()).toEqual(['cancelled: password-changed']);
    });

    it('not when the password is only marked as one that must be changed', async () => {
      const link = await world.link(person);
      await world.change(person, { mustChangePassword: true, passwordChangedAt: null });
      expect((await world.reset(link)).status).toBe(200);
    });
  });

  it('a cancelled, expired or abandoned request is recorded once, with its reason', async () => {
    await world.link(person);
    await world.link(person);
    const [, older] = await world.requests(person);
    const rows = (await world.audit()).filter(({ request_id }) => request_id === older?.id);
    expect(rows.at(-1)).toMatchObject({
      event: 'password-reset.cancelled',
      actor: 'system',
      detail: { reason: 'superseded' },
    });
    expect(rows.filter(({ event }) => event === 'password-reset.cancelled')).toHaveLength(1);
  });

  it('the record keeps who asked, from where, how, and what became of each step', async () => {
    const link = await world.link(person, { method: 'MAIL', comments: 'Ticket 812', expires: 3 });
    await world.open(link);
    const [row] = await world.query('SELECT * FROM one_time_requests ORDER BY number DESC LIMIT 1');
    expect(row).toMatchObject({
      purpose: 'password-reset',
      login: person.login,
      delivery_method: 'MAIL',
      second_factor: false,
      comments: 'Ticket 812',
      created_by: 'ACME\\chief',
      created_address: '127.0.0.1',
      opened_address: '127.0.0.1',
      sent_at: world.app.clock.now(),
      opened_at: world.app.clock.now(),
      expires_at: world.app.clock.in(3 * HOUR),
    });
  });

  it('ended requests are kept for 90 days, without their secrets, and then deleted', async () => {
    await world.link(person);
    await world.link(person);
    world.app.clock.advance(DAY);
    await world.expire();
    expect(await states()).toEqual(['expired: deadline', 'cancelled: superseded']);
    world.app.clock.advance(89 * DAY - 1);
    await world.expire();
    expect(await states()).toHaveLength(2);
    world.app.clock.advance(2);
    await world.expire();
    expect(await states()).toHaveLength(1);
    world.app.clock.advance(DAY);
    await world.expire();
    expect(await states()).toEqual([]);
  });

  async function accountOf({ id }: BuiltinPerson): Promise<string> {
    const [row] = await world.query<{ id: string }>('SELECT id FROM accounts WHERE directory_key = $1', [id]);
    return row?.id ?? '';
  }
});
