import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { hotp } from '../../../src/tokens/oath/hotp.js';
import { timeStep } from '../../../src/tokens/oath/match-totp.js';
import { oathKey } from '../../../src/tokens/oath/oath-key.js';
import { type Seed, seedText } from '../../../src/tokens/oath/seed.js';
import { TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { TokenStore } from '../../../src/tokens/token-store.js';
import type { SeenPage } from '../../support/browserless.js';
import { pressYubikey } from '../../support/yubikey-device.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, pageOf, pastLogin, storedTokens } from './enrolling.js';

const STORED = { kind: 'TOTP', slot: 'Token1', status: 'ACTIVE', ended: false };
const SEED = Buffer.from('12345678901234567890') as Uint8Array as Seed;

describe('section 10.1: further ways to a token', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let made = 0;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  async function enter(way: string, whose = person): Promise<Enrolling> {
    const { browser } = await pastLogin(world, await enrolmentLink(world, whose, { item: 'Token1' }));
    return { browser, page: await browser.get(pageOf(`token/${way}`)) };
  }

  /** Puts a token into the inventory; its serial number. */
  async function stock(): Promise<string> {
    const serial = `HW-${++made}`;
    const manager = world.app.get(Database).manager;
    await world.app.get(TokenStore).create(manager, {
      serial,
      kind: 'TOTP',
      product: 'RC/HW',
      secretSealed: world.app.get(KeyRing).seal(seedText(SEED), TOKEN_SECRET),
      state: { hash: 'SHA1', digits: 6, period: 30 },
    });
    return serial;
  }

  const code = (): string => hotp(oathKey(SEED, 'SHA1'), timeStep(world.app.clock.now(), 30), 6);
  const message = ({ html }: SeenPage): string | undefined => /not right, or somebody has this token/.exec(html)?.[0];

  describe('a hardware token of the inventory', () => {
    it('is stored with its serial number and a current code', async () => {
      const serial = await stock();
      const { browser, page } = await enter('hardware');
      expect((await browser.submit(page, { serial, code: code() })).html).toContain('All set');
      expect(await storedTokens(world, person)).toEqual([STORED]);
    });

    it('attack 32: gives the same answer for an unknown one, one that is taken or locked, and a wrong code', async () => {
      const [taken, locked, free] = [await stock(), await stock(), await stock()];
      const other = await enter('hardware', await world.person());
      await other.browser.submit(other.page, { serial: taken, code: code() });
      await world.query(`UPDATE tokens SET status = 'LOCKED' WHERE serial = $1`, [locked]);
      const { browser, page } = await enter('hardware');
      const answers: string[] = [];
      for (const [serial, typed] of [
        ['HW-none', code()],
        [taken, code()],
        [locked, code()],
        [free, '000000'],
        [free, '1'],
      ] as const) {
        const refused = await browser.submit(page, { serial, code: typed });
        expect(refused.status).toBe(422);
        expect(message(refused)).toBeDefined();
        answers.push(refused.html.replaceAll(serial, 'SERIAL').replaceAll(/name="csrf" value="[^"]*"/g, ''));
      }
      expect(new Set(answers).size).toBe(1);
      expect(await storedTokens(world, person)).toEqual([]);
    });

    it('attack 20: counts claims, whatever comes of them', async () => {
      const serial = await stock();
      const { browser, page } = await enter('hardware');
      for (let claim = 0; claim < 10; claim++) await browser.submit(page, { serial: 'HW-none', code: '000000' });
      const refused = await browser.submit(page, { serial, code: code() });
      expect(refused.html).not.toContain('All set');
      expect(await storedTokens(world, person)).toEqual([]);
    });

    it('attack 7: of sixteen people who claim it at once one gets it', async () => {
      const serial = await stock();
      const people = await Promise.all(Array.from({ length: 16 }, () => world.person()));
      const doors: Enrolling[] = [];
      for (const one of people) {
        doors.push(await enter('hardware', one));
        await world.calm();
      }
      const typed = code();
      const ends = await Promise.all(doors.map(({ browser, page }) => browser.submit(page, { serial, code: typed })));
      expect(ends.filter(({ html }) => html.includes('All set'))).toHaveLength(1);
      expect(ends.filter((end) => message(end) !== undefined)).toHaveLength(15);
      const [held] = await world.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM token_assignments ta JOIN tokens t ON t.id = ta.token_id WHERE serial = $1`,
        [serial],
      );
      expect(held?.count).toBe(1);
    });

    it('refuses the code that proved it when it is shown again', async () => {
      const serial = await stock();
      const { browser, page } = await enter('hardware');
      await browser.submit(page, { serial, code: code() });
      const [token] = await world.query<{ counter: string }>('SELECT counter FROM tokens WHERE serial = $1', [serial]);
      expect(Number(token?.counter)).toBe(timeStep(world.app.clock.now(), 30));
    });
  });

  describe('a Yubikey', () => {
    const PARTS = {
      'public-id': 'dvgefiknvtnb',
      'private-id': '8792ebfe26cc',
      key: 'ecde18dbe76fbd0c33330f1c354871db',
    };
    const KEY = createSecretKey(Buffer.from(PARTS.key, 'hex'));
    const line = (useCounter: number): string =>
      PARTS['public-id'] +
      pressYubikey(KEY, {
        privateId: Buffer.from(PARTS['private-id'], 'hex'),
        sessionCounter: 1,
        capsLock: false,
        timestamp: 5,
        useCounter,
        random: 7,
      });

    it.each([
      ['no modhex', { ...PARTS, 'public-id': 'xyz' }],
      ['a short key', { ...PARTS, key: 'ecde' }],
      ['a private identity that is no hex', { ...PARTS, 'private-id': 'zzzzzzzzzzzz' }],
      ['nothing', { 'public-id': '', 'private-id': '', key: '' }],
    ])('attack 44: refuses %s, and stores nothing', async (_what, parts) => {
      const { browser, page } = await enter('yubikey');
      expect((await browser.submit(page, parts)).status).toBe(422);
      expect(await storedTokens(world, person)).toEqual([]);
    });

    it('asks for a line before it is stored, and refuses a wrong one', async () => {
      const { browser, page } = await enter('yubikey');
      const touch = await browser.submit(page, PARTS);
      expect(touch.html).toContain('Touch your YubiKey');
      expect(touch.html).not.toContain(PARTS.key);
      expect((await browser.submit(touch, { code: line(0).replaceAll('v', 'c') })).status).toBe(422);
      const pending = { kind: 'Yubikey', slot: null, status: 'INACTIVE', ended: false };
      expect(await storedTokens(world, person)).toEqual([pending]);
      expect((await browser.submit(touch, { code: line(1) })).html).toContain('All set');
      expect(await storedTokens(world, person)).toEqual([{ ...pending, slot: 'Token1', status: 'ACTIVE' }]);
    });
  });

  it('names the other ways on each page', async () => {
    const { page } = await enter('hardware');
    expect(page.html).toContain('/webapps/selfreg/token/yubikey"');
    expect(page.html).toContain('With an app on your phone');
  });
});
