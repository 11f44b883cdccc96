import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Database } from '../../../src/core/database/database.js';
import { TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { type NewToken, TokenStore } from '../../../src/tokens/token-store.js';
import { answer, type Caller, callAs, dnOf, UNKNOWN_DN } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { codeAt, codeNow, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);

describe('section 12: tokens in stock', () => {
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

  /** A token that came in, as an import leaves it. */
  async function stock(fields: Partial<NewToken> = {}): Promise<string> {
    const serial = fields.serial ?? `3086${String(++made).padStart(5, '0')}`;
    await world.app.get(TokenStore).create(world.app.get(Database).manager, {
      kind: 'TOTP',
      product: 'ACME/TK',
      secretSealed: world.app.get(KeyRing).seal(plainSecret(RFC_KEY), TOKEN_SECRET),
      state: { hash: 'SHA1', digits: 6, period: 30 },
      ...fields,
      serial,
    });
    return serial;
  }

  const register = (params: object) => openOtp(world, person, 'Inventory_Register', params);
  const link = (params: object, caller: Caller = 'global-admin') =>
    callAs(world, caller, 'Link_Inventory_Item', { type: 'OTP Token', ...params });
  const search = async (params: object = {}, caller: Caller = 'global-admin') =>
    (await callAs(world, caller, 'Search_Inventory_Items', { type: 'OTP Token', ...params })).result;

  describe('OpenOTP.Inventory_Register', () => {
    it('gives it for as long as its maker says', async () => {
      const state = { hash: 'SHA1', digits: 6, period: 30, notAfter: '2001-01-01T00:00:00.000Z' };
      expect(await register({ serial: await stock({ state }), id: 2 })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).not.toBe('ok');
    });

    it('gives a person a token by its serial number', async () => {
      const serial = await stock();
      expect(await register({ serial, id: 2 })).toEqual(TRUE);
      expect(await openOtp(world, person, 'User_Tokens')).toMatchObject({
        result: [{ id: 2, serial, product: 'ACME/TK', type: 'TOTP' }],
      });
      expect(await present(world, person, codeNow(world))).toBe('ok');
    });

    it('looks at a code first, and uses it up', async () => {
      const serial = await stock();
      expect(await register({ serial, otp: '000000' })).toEqual(FALSE);
      expect(await openOtp(world, person, 'User_Tokens')).toEqual(answer([]));
      expect(await search({ filter: serial, linked: false })).toEqual([serial]);
      expect(await register({ serial, otp: codeNow(world, 1) })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world, 1))).toBe('passcode-replayed');
      expect(await present(world, person, codeNow(world, 2))).toBe('ok');
    });

    it('gives an event-based one too', async () => {
      const serial = await stock({ kind: 'HOTP', state: { hash: 'SHA1', digits: 6 } });
      expect(await register({ serial, otp: codeAt(2) })).toEqual(TRUE);
      expect(await present(world, person, codeAt(3))).toBe('ok');
    });

    it('knows which ones show no code that could be looked at', async () => {
      const serial = await stock({ kind: 'OCRA', state: { suite: 'OCRA-1:HOTP-SHA1-6:QN08' } });
      expect(await register({ serial, otp: '123456' })).toEqual(FALSE);
      expect(await register({ serial })).toEqual(TRUE);
    });

    it('attack 25: counts wrong codes like every other', async () => {
      const serial = await stock();
      for (let attempt = 0; attempt < 5; attempt++) await register({ serial, otp: '000000' });
      expect(await register({ serial, otp: codeNow(world) })).toEqual(FALSE);
      expect(await openOtp(world, person, 'Block_Check')).toEqual(TRUE);
    });

    it('is false for an unknown, taken, disabled or foreign one', async () => {
      const [taken, disabled] = [await stock(), await stock()];
      await openOtp(world, await world.person(), 'Inventory_Register', { serial: taken });
      await world.query(`UPDATE tokens SET status = 'DISABLED' WHERE serial = $1`, [disabled]);
      const other = await stock({ kind: 'GridCard' });
      for (const serial of ['nobody’s', taken, disabled, other]) {
        expect([serial, await register({ serial })]).toEqual([serial, FALSE]);
      }
      const serial = await stock();
      expect(await register({ serial, id: 4 })).toEqual(FALSE);
      expect(await search({ filter: serial, linked: false })).toEqual([serial]);
    });

    it('never gives the token of somebody’s app to another', async () => {
      const other = await world.person();
      await openOtp(world, other, 'TOTP_Register', { key: RFC_KEY });
      const { result } = await openOtp(world, other, 'User_Tokens');
      const [{ serial } = { serial: '' }] = result as { serial: string }[];
      await openOtp(world, other, 'Token_Unregister');
      expect(serial).toMatch(/^TOTP-/);
      expect(await register({ serial })).toEqual(FALSE);
      expect(await search({ filter: serial })).toEqual([]);
    });

    it('attack 7: of many people who get it at once one has it', async () => {
      const serial = await stock();
      const people = await Promise.all(RIVALS.slice(0, 16).map(() => world.person()));
      const answers = await Promise.all(people.map((rival) => openOtp(world, rival, 'Inventory_Register', { serial })));
      expect(tally(answers.map(({ result }) => String(result)))).toEqual({ true: 1, false: 15 });
      expect(
        await world.query(
          'SELECT 1 FROM token_assignments a JOIN tokens t ON t.id = a.token_id WHERE t.serial = $1 AND a.ended_at IS NULL',
          [serial],
        ),
      ).toHaveLength(1);
    });

    it('attack 21: one code gives one registration', async () => {
      await world.configure({ domainSettings: '{ authenticator_max_failures: 100 }' });
      const serial = await stock();
      const otp = codeNow(world);
      const answers = await Promise.all(RIVALS.slice(0, 16).map(() => register({ serial, otp })));
      expect(tally(answers.map(({ result }) => String(result)))).toEqual({ true: 1, false: 15 });
    });
  });

  describe('Link_Inventory_Item', () => {
    it('sets a token aside for one person, who cannot use it yet', async () => {
      const serial = await stock();
      expect(await link({ reference: serial, dn: dnOf(person) })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
      const other = await world.person();
      expect(await openOtp(world, other, 'Inventory_Register', { serial })).toEqual(FALSE);
      expect(await link({ reference: serial, dn: dnOf(other) })).toEqual(FALSE);
      expect(await register({ serial })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).toBe('ok');
    });

    it.each([{}, { dn: '' }, { dn: null }])('takes it back with %j', async (dn) => {
      const serial = await stock();
      await link({ reference: serial, dn: dnOf(person) });
      expect(await link({ reference: serial, ...dn })).toEqual(TRUE);
      expect(await link({ reference: serial, ...dn })).toEqual(FALSE);
      expect(await openOtp(world, await world.person(), 'Inventory_Register', { serial })).toEqual(TRUE);
    });

    it('takes it out of a slot, and tells the person', async () => {
      const serial = await stock();
      await register({ serial });
      expect(await link({ reference: serial })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
      expect((await world.messages(person)).map(({ text }) => text).join()).toMatch(/Removed|removed/);
    });

    it('attack 65: reaches as far as the role of the caller', async () => {
      const serial = await stock();
      const [keeper, stranger] = ['domain-admin of ACME', 'domain-admin of Umbrella'] as const;
      const unknown = failure(-32603, `LDAP object '${dnOf(person)}' does not exist`);
      expect(await link({ reference: serial, dn: dnOf(person) }, stranger)).toEqual(unknown);
      expect(await link({ reference: serial, dn: dnOf(person) }, keeper)).toEqual(TRUE);
      expect(await link({ reference: serial }, stranger)).toEqual(failure(-32603, 'Access denied'));
      expect(await link({ reference: serial }, keeper)).toEqual(TRUE);
      expect(await link({ reference: serial, dn: 'cn=chief,dc=ACME' }, keeper)).toEqual(
        failure(-32603, 'Access denied'),
      );
    });

    it('says what is wrong', async () => {
      const reference = await stock();
      expect(await link({ reference: 'nobody’s', dn: dnOf(person) })).toEqual(FALSE);
      expect(await link({ reference, dn: dnOf(person), type: 'Hammer' })).toEqual(FALSE);
      expect(await link({ reference, dn: dnOf(person), type: 'HOTP' })).toEqual(FALSE);
      expect(await link({ dn: dnOf(person) })).toEqual(failure(-32602, 'Parameter reference missing'));
      expect(await link({ reference, dn: UNKNOWN_DN })).toEqual(
        failure(-32603, `LDAP object '${UNKNOWN_DN}' does not exist`),
      );
    });
  });

  describe('Search_Inventory_Items', () => {
    it('lists serial numbers by pattern, kind, status, holder and time', async () => {
      const from = '2026-09-01 00:00:00';
      world.app.clock.advance(60 * 86_400);
      const totp = await stock({ serial: 'S-1%' });
      const hotp = await stock({ serial: 'S-2_', kind: 'HOTP' });
      const yubikey = await stock({ serial: 'S-3', kind: 'Yubikey' });
      await stock({ serial: 'S-4', kind: 'GridCard' });
      await world.query(`UPDATE tokens SET status = 'DISABLED' WHERE serial = $1`, [hotp]);
      await link({ reference: yubikey, dn: dnOf(person) });
      const filter = 'S-*';
      expect(await search({ filter })).toEqual([totp, hotp, yubikey]);
      expect(await search({ filter: 'S-1%' })).toEqual([totp]);
      expect(await search({ filter: 'S-_' })).toEqual([]);
      expect(await search({ filter: 'S' })).toEqual([]);
      expect(await search({ filter, type: 'hotp' })).toEqual([hotp]);
      expect(await search({ filter, linked: true })).toEqual([yubikey]);
      expect(await search({ filter, linked: false })).toEqual([totp, hotp]);
      expect(await search({ filter, active: false })).toEqual([hotp]);
      expect(await search({ filter, status: 'active' })).toEqual([totp, yubikey]);
      expect(await search({ filter, start: from })).toEqual([totp, hotp, yubikey]);
      expect(await search({ filter, stop: from })).toEqual([]);
    });

    it('leaves out what people of other domains have', async () => {
      const [theirs, free] = [await stock({ serial: 'U-1' }), await stock({ serial: 'U-2' })];
      await link({ reference: theirs, dn: dnOf(person) });
      expect(await search({ filter: 'U-*' }, 'domain-admin of ACME')).toEqual([theirs, free]);
      expect(await search({ filter: 'U-*' }, 'domain-admin of Umbrella')).toEqual([free]);
    });

    it.each([
      { type: 'Hammer' },
      { status: 'Lost' },
      { start: 'yesterday' },
      { stop: '2026-02-30 00:00:00' },
      { start: '2026-02-03T00:00:00Z' },
    ])('is false for %j', async (params) => {
      expect(await search(params)).toBe(false);
    });

    it('is not for a help desk', async () => {
      expect(await search({}, 'user-manager of ACME')).toBeUndefined();
    });
  });
});
