import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
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
});
