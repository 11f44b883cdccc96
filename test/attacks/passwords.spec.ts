import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { describeWith } from '../support/describe-with.js';
import { type OpenForm, save } from '../support/help-desk.js';
import { AttackWorld, DOMAIN, LET_IN, NEW_PASSWORD, OLD_PASSWORD, TURNED_AWAY } from './attack-world.js';

const NOTHING = ['', ' ', '\t', '\r\n', '\u00a0', '\u200b', '\u3000'];
/** So many that the guesses of these tests are looked at, all of them. */
const MANY_GUESSES = { lock_after: 0, unfamiliar_attempts: 100 };
const WORDS = ['password', 'dummy', 'nobody', 'secret', 'null', 'undefined', 'none', 'x', '0', 'test', 'latchkey'];

describeWith('postgresql', 'passwords', () => {
  let world: AttackWorld;

  beforeAll(async () => {
    world = await AttackWorld.start({ domainSettings: MANY_GUESSES });
  });
  beforeEach(async () => {
    await world.begin();
    await world.configure({ domainSettings: MANY_GUESSES });
  });
  afterAll(() => world?.stop());

  describe('of administrators', () => {
    it('attack 47: none is right for a person who has none', async () => {
      const { login } = await world.administrator({ login: 'without', passwordHash: null } as object);
      const hashes = await world.query<{ password_hash: string | null }>('SELECT password_hash FROM builtin_people');
      const stored = hashes.map(({ password_hash }) => password_hash ?? '');
      const fresh = await new PasswordHasher().hash('dummy' as Parameters<PasswordHasher['hash']>[0]);
      for (const password of [...NOTHING, ...WORDS, login, DOMAIN, ...stored, fresh]) {
        const { answer } = await world.knock(`${DOMAIN}\\${login}`, password);
        expect([password, answer]).toMatchObject([password, TURNED_AWAY.answer]);
      }
    }, 60_000);

    it('attack 47: none is right for a name that nobody has', async () => {
      for (const password of [...NOTHING, ...WORDS, OLD_PASSWORD]) {
        const { answer } = await world.knock(`${DOMAIN}\\no such person`, password);
        expect([password, answer]).toMatchObject([password, TURNED_AWAY.answer]);
      }
    }, 60_000);

    it.each(['UID', 'DN'])('attack 50: nothing at all is no password (%s)', async (mode) => {
      const { login } = await world.administrator();
      await world.configure({ settings: { manager_auth: mode }, domainSettings: MANY_GUESSES });
      const name = mode === 'DN' ? `cn=${login},dc=${DOMAIN}` : `${DOMAIN}\\${login}`;
      for (const password of NOTHING) {
        expect([password, await world.knock(name, password)]).toMatchObject([password, TURNED_AWAY]);
      }
      const headers = { authorization: `Basic ${Buffer.from(name).toString('base64')}` };
      expect(await (await world.desk.chief.post('{}', headers)).json()).toMatchObject(TURNED_AWAY.answer);
      expect(await world.knock(name, OLD_PASSWORD)).toMatchObject(LET_IN);
    });

    it('attack 52: a password is right as a whole or not at all', async () => {
      const { login } = await world.administrator();
      const near = [
        OLD_PASSWORD.toLowerCase(),
        OLD_PASSWORD.toUpperCase(),
        OLD_PASSWORD.slice(0, -1),
        `${OLD_PASSWORD} `,
        ` ${OLD_PASSWORD}`,
        `${OLD_PASSWORD}\0`,
        OLD_PASSWORD.repeat(2),
        `${OLD_PASSWORD}:`,
        '*',
        '%',
        "' OR 1=1 --",
        'é'.repeat(5_000),
      ];
      for (const password of near) {
        expect([password, await world.knock(`${DOMAIN}\\${login}`, password)]).toMatchObject([password, TURNED_AWAY]);
      }
      expect(await world.knock(`${DOMAIN}\\${login}`, OLD_PASSWORD)).toMatchObject(LET_IN);
    }, 60_000);
  });

  describe('of people', () => {
    const refusals: [string, Record<string, unknown>, string, string][] = [
      ['min_length', { min_length: 12, classes: 1 }, 'Short one 1', 'too short'],
      ['max_length', { max_length: 64 }, `Long enough ${'1'.repeat(64)}`, 'too long'],
      ['classes', { classes: 4, passphrase_length: 0 }, 'no capital letter 1', 'too simple'],
      ['not_login', {}, 'Quite harry potter 9', 'Your name or your login'],
      ['not_common', { classes: 1 }, 'password1', 'Many people use'],
      ['blocked', { blocked: ['Acme Harbour 2026'] }, 'acme HARBOUR 2026', 'Many people use'],
      ['history', { history: 3 }, OLD_PASSWORD, 'used this password before'],
    ];

    const form = async (policy: Record<string, unknown>): Promise<OpenForm & { id: string }> => {
      await world.configure({ domainSettings: { pwd_policy: policy } });
      const person = await world.person({ login: 'harry', displayName: 'Harry Potter' });
      return { ...(await world.open(person)), id: person.id };
    };
    const unchanged = async (): Promise<number> =>
      (await world.query(`SELECT id FROM builtin_people WHERE login = 'harry' AND password_changed_at IS NOT NULL`))
        .length;

    it.each(refusals)(
      'attack 64: %s is demanded of a form that no browser has checked',
      async (_, policy, bad, text) => {
        const open = await form(policy);
        const hash = await world.query(`SELECT password_hash FROM builtin_people WHERE login = 'harry'`);
        const page = await save(open, bad);
        expect(page.status).toBe(422);
        expect(page.html).toContain(text);
        expect(await world.query(`SELECT password_hash FROM builtin_people WHERE login = 'harry'`)).toEqual(hash);
        expect(await unchanged()).toBe(1);
        expect((await save({ ...open, form: page }, NEW_PASSWORD)).status).toBe(200);
      },
    );

    it('attack 64: two entries that differ, or one alone, set nothing', async () => {
      const open = await form({});
      for (const fields of [
        { password: NEW_PASSWORD, repeated: `${NEW_PASSWORD} ` },
        { password: NEW_PASSWORD, repeated: '' },
        { password: '', repeated: NEW_PASSWORD },
      ]) {
        expect((await open.browser.submit(open.form, fields)).status).toBe(422);
      }
      for (const fields of [{ password: NEW_PASSWORD }, { repeated: NEW_PASSWORD }] as Record<string, string>[]) {
        expect((await open.browser.submit(open.form, fields)).status).toBe(400);
      }
      expect((await save(open, NEW_PASSWORD)).status).toBe(200);
    });

    it('attack 64: no password is set where a second factor is demanded that nobody can show', async () => {
      await world.configure({ domainSettings: { pwreset_require_second_factor: true } });
      const { login: username } = await world.person({ mobile: null });
      const open = await world.desk.open(await world.desk.link(DOMAIN, username));
      expect(open.form.status).toBe(403);
      const forced = await open.browser.post('/webapps/pwreset/password', {
        password: NEW_PASSWORD,
        repeated: NEW_PASSWORD,
      });
      expect(forced.html).not.toContain('Your new password is set');
      expect(await world.query(`SELECT state FROM one_time_requests WHERE purpose = 'password-reset'`)).toEqual([
        { state: 'opened' },
      ]);
    });
  });
});
