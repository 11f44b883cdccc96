import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { auditOf, DESK, save } from '../support/help-desk.js';
import {
  atOnce,
  AttackWorld,
  DOMAIN,
  from,
  LET_IN,
  NEW_PASSWORD,
  OLD_PASSWORD,
  someAddress,
  TURNED_AWAY,
} from './attack-world.js';

const CHIEF = `${DESK.domain}\\${DESK.login}`;
const BANNED = { status: 429, answer: { error: { code: -32600, data: 'Too many failed logins' } } };
const MINUTE = 60;
/** In the audit: strangers have used up what they have together for this person. */
const UNEXAMINED = 'too many attempts at this person';

describeWith('postgresql', 'limits', () => {
  let world: AttackWorld;

  beforeAll(async () => {
    world = await AttackWorld.start({ fast: true, poolSize: 20 });
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const reasons = async (): Promise<unknown[]> =>
    (await auditOf(world.store, 'manager-login.refused')).map(({ detail }) => detail?.['reason']);

  describe('guesses', () => {
    it('attack 26: of 200 wrong passwords sent at once from one address, five are looked at', async () => {
      const address = someAddress();
      const answers = await atOnce(200, (guess) => world.knock(CHIEF, `guess ${guess}`, address));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(5);
      for (const answer of answers) expect([TURNED_AWAY, BANNED].map(({ status }) => status)).toContain(answer.status);
      expect((await reasons()).length).toBeLessThanOrEqual(5);
      expect(await world.knock(CHIEF, DESK.password, address)).toMatchObject(BANNED);
    }, 60_000);

    it('attack 26: of 200 sent at once from as many addresses, three are looked at for one person', async () => {
      await atOnce(200, (guess) => world.knock(CHIEF, `guess ${guess}`));
      const looked = (await reasons()).filter((reason) => reason !== UNEXAMINED);
      expect(looked).toHaveLength(3);
    }, 60_000);

    it("attack 27: an attacker's own right password in between does not begin the count anew", async () => {
      const own = await world.administrator({ login: 'insider' });
      const address = someAddress();
      for (let guess = 0; guess < 5; guess++) {
        expect(await world.knock(`${DOMAIN}\\${own.login}`, OLD_PASSWORD, address)).toMatchObject(LET_IN);
        expect(await world.knock(CHIEF, `guess ${guess}`, address)).toMatchObject(TURNED_AWAY);
      }
      expect(await world.knock(CHIEF, 'guess 6', address)).toMatchObject(BANNED);
      expect(await world.knock(`${DOMAIN}\\${own.login}`, OLD_PASSWORD, address)).toMatchObject(BANNED);
    });

    it('attack 27: neither another name for the person, another method nor a new link gives further guesses', async () => {
      const admin = await world.administrator({ login: 'Mara' });
      const names = [`${DOMAIN}\\Mara`, `${DOMAIN}\\MARA`, `acme\\mara`, 'mara', `${DOMAIN}\\mArA`, 'Mara'];
      const methods = ['PwReset.Send_Request', 'No.Such_Method', 'SelfReg.Send_Request'];
      for (const [guess, name] of names.entries()) {
        await world.link(admin);
        await world.knock(name, `guess ${guess}`, someAddress(), methods[guess % methods.length]);
      }
      expect((await reasons()).filter((reason) => reason !== UNEXAMINED)).toHaveLength(3);
      expect(await world.knock('Mara', OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
    });

    it('attack 28: every name of an administrator leads to one count, which strangers share', async () => {
      const admin = await world.administrator({ login: 'Zoë Fin' });
      const names = ['ACME\\Zoë Fin', 'acme\\ZOË FIN', 'Zoe\u0308 Fin', ' zoë  fin ', 'ＡＣＭＥ\\ｚｏë fin'];
      for (const name of names) {
        expect([name, await world.knock(name, OLD_PASSWORD, '192.0.2.8')]).toMatchObject([name, LET_IN]);
      }
      for (const name of names) await world.knock(name, 'guess');
      expect((await reasons()).filter((reason) => reason !== UNEXAMINED)).toHaveLength(3);
      expect(await world.knock(`${DOMAIN}\\${admin.login}`, OLD_PASSWORD, '192.0.2.8')).toMatchObject(LET_IN);
    });

    it('lets twenty administrators of one portal in at once', async () => {
      const logins = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => (await world.administrator({ login: `desk${index}` })).login),
      );
      const portal = someAddress();
      const answers = await Promise.all(
        logins.map((login) => world.knock(`${DOMAIN}\\${login}`, OLD_PASSWORD, portal)),
      );
      for (const answer of answers) expect(answer).toMatchObject(LET_IN);
    });

    it('attack 29: 99 failures of strangers leave a person open and the 100th does not, where a hundred are allowed', async () => {
      await world.configure({ domainSettings: { unfamiliar_attempts: 100 } });
      const admin = await world.administrator();
      const name = `${DOMAIN}\\${admin.login}`;
      for (let guess = 0; guess < 99; guess++) await world.knock(name, `guess ${guess}`);
      expect(await world.knock(name, OLD_PASSWORD, '192.0.2.8')).toMatchObject(LET_IN);
      await world.knock(name, 'guess 99');
      expect(await world.knock(name, OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
      expect(await world.knock(name, OLD_PASSWORD, '192.0.2.8')).toMatchObject(LET_IN);
    }, 60_000);

    it.each([
      ['links', 12],
      ['links', 100],
    ])(
      'attack 29: %s are counted as numbers up to %i',
      async (_, limit) => {
        await world.configure({ domainSettings: { link_sends_per_person_per_hour: limit } });
        const { login: username } = await world.person();
        const results = [];
        for (let send = 0; send <= limit; send++) {
          results.push((await world.desk.call({ domain: DOMAIN, username, method: 'NONE' })).result !== false);
        }
        expect(results).toEqual([...Array.from({ length: limit }, () => true), false]);
      },
      60_000,
    );

    it('attack 34: a batch counts each of its links, notifications too', async () => {
      await world.configure({ domainSettings: { link_sends_per_person_per_hour: 5 } });
      const { login: username } = await world.person();
      const params = { domain: DOMAIN, username, method: 'NONE' };
      const call = { jsonrpc: '2.0', method: 'PwReset.Send_Request', params };
      const batch = [call, { ...call, id: 1 }, call, { ...call, id: 2 }, call, { ...call, id: 3 }, { ...call, id: 4 }];
      const answer = await world.desk.chief.post(JSON.stringify(batch));
      const results = ((await answer.json()) as { id: number; result: unknown }[]).map(({ id, result }) => [
        id,
        typeof result,
      ]);
      expect(results).toEqual([
        [1, 'string'],
        [2, 'string'],
        [3, 'boolean'],
        [4, 'boolean'],
      ]);
    });
  });

  describe('who is shut out', () => {
    it('attack 30: a banned address is turned away on every way in, whatever it sends', async () => {
      const address = someAddress();
      for (let guess = 0; guess < 5; guess++) await world.knock(CHIEF, `guess ${guess}`, address);
      const authorization = `Basic ${Buffer.from(`${CHIEF}:${DESK.password}`).toString('base64')}`;
      const call = '{"jsonrpc":"2.0","method":"PwReset.Send_Request","params":{}}';
      for (const path of ['/manag', '/manag/', '/manag/?x=1']) {
        for (const body of [call, `[${call},${call}]`, '{', '', 'null']) {
          const answer = await fetch(`${world.app.url}${path}`, {
            method: 'POST',
            headers: { authorization, ...from(address) },
            body,
          });
          expect([path, body, answer.status]).toEqual([path, body, 429]);
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        }
      }
    });

    it('attack 30: a locked administrator is turned away by login and by DN', async () => {
      const { login } = await world.administrator({ login: 'locked', lockedAt: world.app.clock.now() });
      expect(await world.knock(`${DOMAIN}\\${login}`, OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
      expect(await world.knock(login, OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
      await world.configure({ settings: { manager_auth: 'DN' } });
      expect(await world.knock(`cn=${login},dc=${DOMAIN}`, OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
    });

    it('attack 31: strangers at full rate shut no administrator out, neither from an address of theirs nor for long', async () => {
      const admin = await world.administrator();
      const name = `${DOMAIN}\\${admin.login}`;
      const home = someAddress();
      expect(await world.knock(name, OLD_PASSWORD, home)).toMatchObject(LET_IN);
      const strangers = Array.from({ length: 100 }, () => someAddress());
      for (let round = 0; round < 12; round++) {
        await Promise.all(strangers.map((address, guess) => world.knock(name, `guess ${round} ${guess}`, address)));
        expect(await world.knock(name, OLD_PASSWORD, home)).toMatchObject(LET_IN);
        expect(await world.knock(name, 'a typing mistake', home)).toMatchObject(TURNED_AWAY);
        expect(await world.knock(name, OLD_PASSWORD, home)).toMatchObject(LET_IN);
        world.app.clock.advance(5 * MINUTE);
      }
      // Two windows of half an hour, and the typing mistakes.
      expect((await reasons()).filter((reason) => reason === 'credentials-invalid')).toHaveLength(2 * 3 + 12);
      expect(await world.knock(name, OLD_PASSWORD)).toMatchObject(LET_IN);
      expect(await world.query('SELECT 1 FROM builtin_people WHERE locked_at IS NOT NULL')).toEqual([]);
    }, 120_000);

    it('attack 31: an administrator who comes from a new address gets in when the guessing has ended', async () => {
      const admin = await world.administrator();
      const name = `${DOMAIN}\\${admin.login}`;
      await atOnce(100, (guess) => world.knock(name, `guess ${guess}`));
      expect(await world.knock(name, OLD_PASSWORD)).toMatchObject(TURNED_AWAY);
      world.app.clock.advance(30 * MINUTE);
      expect(await world.knock(name, OLD_PASSWORD)).toMatchObject(LET_IN);
    }, 60_000);

    it('attack 31: whoever is outside of manager_clients locks nobody out', async () => {
      await world.configure({ settings: { manager_clients: ['192.0.2.0/24'] } });
      const answers = await atOnce(50, (guess) => world.knock(CHIEF, `guess ${guess}`, someAddress()));
      for (const { status } of answers) expect(status).toBe(403);
      expect(await world.knock(CHIEF, DESK.password, '192.0.2.7')).toMatchObject(LET_IN);
    });

    it('attack 31: a person whom somebody else has locked gets back in with a link', async () => {
      const person = await world.person();
      for (let guess = 0; guess < 5; guess++) await world.opens(person, `guess ${guess}`);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(false);
      expect((await save(await world.open(person), NEW_PASSWORD)).status).toBe(200);
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    });

    it('attack 31: a flood of landing pages shuts out its own address only', async () => {
      const link = await world.link(await world.person());
      const flood = await atOnce(60, () => world.desk.browser(from('198.51.100.9')).get(link));
      expect(flood.filter(({ status }) => status === 200)).toHaveLength(30);
      expect(flood.filter(({ status }) => status === 429)).toHaveLength(30);
      const person = world.desk.browser(from('198.51.100.10'));
      expect((await world.desk.open(link, person)).form.html).toContain('Choose a new password');
    });
  });

  describe('addresses', () => {
    it('attack 32: what stands to the left of the trusted proxies is for show', async () => {
      for (let guess = 0; guess < 5; guess++) {
        expect(await world.knock(CHIEF, `guess ${guess}`, `${someAddress()}, 198.51.100.1`)).toMatchObject(TURNED_AWAY);
      }
      expect(await world.knock(CHIEF, DESK.password, `${someAddress()}, 198.51.100.1`)).toMatchObject(BANNED);
    });

    it('attack 32: all spellings of an IPv6 address are one, and so is its /64', async () => {
      const spellings = [
        '2001:db8::1',
        '2001:0DB8:0:0:0:0:0:1',
        '2001:db8:0000::0001',
        '[2001:db8::1]:4711',
        '2001:db8::dead:beef',
      ];
      for (const address of spellings) {
        expect(await world.knock(CHIEF, `guess at ${address}`, address)).toMatchObject(TURNED_AWAY);
      }
      expect(await world.knock(CHIEF, DESK.password, '2001:db8::ffff:1:2:3')).toMatchObject(BANNED);
      expect((await world.knock(CHIEF, DESK.password, '2001:db8:0:1::1')).status).toBe(200);
    });

    it.each([
      'a',
      '',
      ' ',
      ',',
      '999.1.1.1',
      '1.2.3',
      '::g',
      '-',
      'unknown',
      '_hidden',
      '10.0.0.1/8',
      'a'.repeat(10_000),
    ])('attack 33: an address that cannot be read is refused, on the calls and on the pages (%#)', async (address) => {
      const link = await world.link(await world.person());
      const call = await world.desk.chief.post('{}', from(address));
      expect(call.status).toBe(403);
      const browser = world.desk.browser(from(address));
      expect((await browser.get(link)).status).toBe(400);
      expect((await browser.post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(400);
      // Nothing was consumed.
      expect((await world.desk.browser().get(link)).status).toBe(200);
    });
  });
  describe('addresses without a trusted proxy', () => {
    let bare: AttackWorld;

    beforeAll(async () => {
      bare = await AttackWorld.start({ fast: true, environment: { trustedProxies: [] } });
    });
    afterAll(() => bare?.stop());

    const FORGED = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'client-ip', 'x-client-ip', 'true-client-ip', 'via'];

    it('attack 32: whoever is no trusted proxy cannot choose an address, in any header', async () => {
      const guess = async (name: string): Promise<number> => {
        const value = name === 'forwarded' ? `for=${someAddress()}` : someAddress();
        return (await bare.desk.chief.post('{}', { [name]: value, authorization: 'Basic eDp5' })).status;
      };
      const statuses = [];
      for (const name of FORGED) statuses.push(await guess(name));
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
      const link = await bare.link(await bare.person()).catch(() => 'banned');
      expect(link).toBe('banned');
      const landings = [];
      for (let look = 0; look < 32; look++) {
        landings.push((await bare.desk.browser(from(someAddress())).get('/webapps/pwreset/?req=x')).status);
      }
      expect(landings.slice(-3)).toEqual([404, 429, 429]);
    });
  });
});
