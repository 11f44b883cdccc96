import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Account } from '../../../src/core/directory/account.entity.js';
import { TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { TokenFactory } from '../../support/token-factory.js';
import { answer } from '../../help-desk/contract/desk.js';
import { FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { codeNow, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);

describe('tokens that wait for a code, and tokens on devices', () => {
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

  const call = (method: string, params: object = {}) => openOtp(world, person, method, params);
  const policy = (options: Record<string, string>) =>
    world.configure({ more: `policies: ${JSON.stringify([{ name: 'tokens', category: 'LK/TOTP', options }])}` });
  const assignments = () =>
    world.query<{ status: string; slot: string }>(
      `SELECT a.status, a.slot FROM token_assignments a JOIN accounts c ON c.id = a.account_id
       WHERE c.directory_key = $1 AND a.ended_at IS NULL ORDER BY a.slot`,
      [person.id],
    );

  /** The grid of authentication methods, section 4.17, with a row more: path 13646 from B3 is 0rxz6c. */
  async function giveCard(): Promise<void> {
    const { app } = world;
    const tokens = new TokenFactory({
      get: (token) => app.get(token),
      database: database().database,
      clock: app.clock,
    });
    const text = plainSecret('k4t9wa\n3mrx7c\nv0pz2h\n8dnj6e\n0000c0');
    const secretSealed = app.get(KeyRing).seal(text, TOKEN_SECRET);
    const [account] = await world.query<Account>('SELECT * FROM accounts WHERE directory_key = $1', [person.id]);
    if (!account) throw new Error('no account');
    await tokens.give(account, { kind: 'GridCard', secretSealed }, { slot: 'GridCard' });
  }

  it('section 6.8: an assigned token is active at once by default, and waits where the policy says so', async () => {
    expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(TRUE);
    expect(await assignments()).toEqual([{ status: 'ACTIVE', slot: 'Token1' }]);
    await policy({ activation: 'NONE' });
    expect(await call('TOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(TRUE);
    expect(await assignments()).toEqual([
      { status: 'ACTIVE', slot: 'Token1' },
      { status: 'INACTIVE', slot: 'Token2' },
    ]);
    expect(await world.query('SELECT id FROM activation_codes')).toEqual([]);
  });

  it('section 6.8: a token that waits takes nobody’s working token away', async () => {
    await call('TOTP_Register', { key: RFC_KEY });
    await policy({ activation: 'NONE' });
    expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(FALSE);
    expect(await present(world, person, codeNow(world))).toBe('ok');
  });

  it('section 6.8: maxTokens bounds what a person has of a product, and lets one be replaced', async () => {
    await policy({ maxTokens: '1' });
    expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(TRUE);
    expect(await call('TOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(FALSE);
    expect(await call('HOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(TRUE);
    expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(TRUE);
    expect(await assignments()).toMatchObject([{ slot: 'Token1' }, { slot: 'Token2' }]);
    expect(await present(world, person, codeNow(world))).toBe('ok');
  });

  it('section 6.8: maxTokens counts tokens that wait for their code', async () => {
    await policy({ maxTokens: '1', activation: 'NONE' });
    expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(TRUE);
    expect(await call('TOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(FALSE);
    expect(await assignments()).toEqual([{ status: 'INACTIVE', slot: 'Token1' }]);
  });

  it('section 6.8: lifetimeDays lets a token end, and none that is there already', async () => {
    await call('TOTP_Register', { key: RFC_KEY });
    await policy({ lifetimeDays: '30' });
    expect(await call('TOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(TRUE);
    const days = 'round(extract(epoch FROM a.expires - a.created_at) / 86400)::int AS days';
    expect(
      await world.query(
        `SELECT a.slot, ${days} FROM token_assignments a JOIN accounts c ON c.id = a.account_id
         WHERE c.directory_key = $1 AND a.ended_at IS NULL ORDER BY a.slot`,
        [person.id],
      ),
    ).toEqual([
      { slot: 'Token1', days: null },
      { slot: 'Token2', days: 30 },
    ]);
  });

  it('section 6.8: SEND_CODE has the code sent', async () => {
    await policy({ activation: 'SEND_CODE' });
    await call('TOTP_Register', { key: RFC_KEY });
    expect(await world.query('SELECT purpose, to_be_sent FROM activation_codes')).toEqual([
      { purpose: 'activation', to_be_sent: true },
    ]);
    expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
  });

  it('OpenOTP.Activation_Code shows a code once, for a token that waits', async () => {
    expect(await call('Activation_Code')).toEqual(FALSE);
    await call('TOTP_Register', { key: RFC_KEY });
    expect(await call('Activation_Code')).toEqual(FALSE);
    expect(await call('Activation_Code', { purpose: 'authorisation' })).toEqual(
      answer(expect.stringMatching(/^[0-9]{6}$/) as string),
    );
    await policy({ activation: 'NONE' });
    await call('TOTP_Register', { key: RFC_KEY, id: 2 });
    const after = await world.lastAuditId();
    const code = (await call('Activation_Code', { id: 2 })).result as string;
    expect(code).toMatch(/^[0-9]{6}$/);
    const rows = await world.audit({ after });
    expect(rows).toMatchObject([{ event: 'activation-code.made', outcome: 'success' }]);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('OpenOTP.Token_Release lets a token be put on another device', async () => {
    await call('TOTP_Register', { key: RFC_KEY });
    expect(await call('Token_Release')).toEqual(FALSE);
    await world.query('UPDATE tokens SET confined_at = now()');
    expect(await call('Token_Release')).toEqual(TRUE);
    expect(await call('Token_Release')).toEqual(FALSE);
  });

  it('OpenOTP.Pin_Register gives a token a PIN of its own, which goes with its passcodes', async () => {
    expect(await call('Pin_Register', { pin: '498576' })).toEqual(FALSE);
    await call('TOTP_Register', { key: RFC_KEY });
    await policy({ pinMode: 'PREFIX' });
    const after = await world.lastAuditId();
    expect(await call('Pin_Register', { pin: '498' })).toEqual(FALSE);
    expect(await call('Pin_Register', { pin: '498576' })).toEqual(answer('498576'));
    const rows = await world.audit({ after });
    expect(rows).toContainEqual(expect.objectContaining({ event: 'token.pin-set', outcome: 'success' }));
    expect(JSON.stringify(rows)).not.toContain('498576');
    expect(await present(world, person, codeNow(world))).toBe('passcode-wrong');
    expect(await present(world, person, `498576${codeNow(world)}`)).toBe('ok');
    expect(await call('Pin_Register')).toEqual(answer(expect.stringMatching(/^[2-9a-z]{6}$/) as string));
    expect(await call('Pin_Unregister')).toEqual(TRUE);
    expect(await call('Pin_Unregister')).toEqual(FALSE);
  });

  it('OpenOTP.Pin_Register gives a grid card a secret path, kept in its canonical form', async () => {
    const type = 'GridCard';
    const kept = async () =>
      (await world.query(`SELECT pin_digest AS digest FROM token_assignments WHERE slot = 'GridCard'`))[0];
    expect(await call('Pin_Register', { type, pin: '13646' })).toEqual(FALSE);
    await giveCard();
    for (const pin of ['1364', 'C13646', '1'.repeat(33)]) {
      expect(await call('Pin_Register', { type, pin })).toEqual(FALSE);
    }
    expect(await call('Pin_Register', { type, pin: '2ES5D' })).toEqual(answer('2ES5D'));
    const spelt = await kept();
    expect(spelt).toEqual({ digest: expect.any(String) as string });
    expect(await call('Pin_Register', { type, pin: '13646' })).toEqual(answer('13646'));
    expect(await kept()).toEqual(spelt);
    expect(await present(world, person, '000000', 'GRID')).toBe('passcode-wrong');
    expect(await present(world, person, '0rxz6c', 'GRID')).toBe('ok');
    expect(await call('Pin_Register', { type })).toEqual(answer(expect.stringMatching(/^[0134679A]{5}$/) as string));
    expect(await kept()).not.toEqual(spelt);
    expect(await call('Pin_Unregister')).toEqual(FALSE);
    expect(await call('Pin_Unregister', { type })).toEqual(TRUE);
    expect(await kept()).toEqual({ digest: null });
  });
});
