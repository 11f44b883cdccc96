import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { answer, callAs, dnOf, UNKNOWN_DN } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { NEW_PASSWORD, World } from '../../pwreset/contract/world.js';
import { codeNow, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);
const HALF_AN_HOUR = 1_800;

describe('section 12: OpenOTP.Block_Check, Block_Reset and Block_Start', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    await openOtp(world, person, 'TOTP_Register', { key: RFC_KEY });
  });
  afterAll(() => world.stop());

  const call = (method: string, params: object = {}) => openOtp(world, person, method, params);
  async function fail(times: number): Promise<void> {
    for (let attempt = 0; attempt < times; attempt++) await present(world, person, '000000');
  }

  it('tell who is blocked by wrong codes, and let them in again', async () => {
    expect(await call('Block_Check')).toEqual(FALSE);
    await fail(4);
    expect(await call('Block_Check')).toEqual(FALSE);
    await fail(1);
    expect(await call('Block_Check')).toEqual(TRUE);
    expect(await present(world, person, codeNow(world))).toBe('authenticator-locked');
    expect(await call('Block_Reset')).toEqual(TRUE);
    expect(await call('Block_Check')).toEqual(FALSE);
    expect(await present(world, person, codeNow(world))).toBe('ok');
  });

  it('a lock after wrong codes ends with its time', async () => {
    await fail(5);
    world.app.clock.advance(HALF_AN_HOUR - 1);
    expect(await call('Block_Check')).toEqual(TRUE);
    world.app.clock.advance(1);
    expect(await call('Block_Check')).toEqual(FALSE);
  });

  it('an administrator blocks everything for so many seconds', async () => {
    await call('Emerg_Register', { otp: 'abcd1234' });
    expect(await call('Block_Start', { expires: 60 })).toEqual(TRUE);
    expect(await call('Block_Check')).toEqual(TRUE);
    expect(await present(world, person, codeNow(world))).toBe('authenticator-locked');
    expect(await present(world, person, 'abcd1234', 'EMCODE')).toMatch(/authenticator-locked|no-usable-token/);
    world.app.clock.advance(60);
    expect(await call('Block_Check')).toEqual(FALSE);
    expect(await present(world, person, codeNow(world))).toBe('ok');
  });

  it('an administrator blocks until the block is taken back, and nothing is counted meanwhile', async () => {
    expect(await call('Block_Start')).toEqual(TRUE);
    await fail(20);
    world.app.clock.advance(1_000_000);
    expect(await call('Block_Check')).toEqual(TRUE);
    expect(await call('Block_Reset')).toEqual(TRUE);
    expect(await call('Block_Check')).toEqual(FALSE);
    expect(await present(world, person, codeNow(world))).toBe('ok');
  });

  it('a later block replaces an earlier one, shorter or longer', async () => {
    await call('Block_Start');
    await call('Block_Start', { expires: '1' });
    world.app.clock.advance(1);
    expect(await call('Block_Check')).toEqual(FALSE);
    await call('Block_Start', { expires: 86_400 });
    expect(await call('Block_Check')).toEqual(TRUE);
  });

  it('nobody else is blocked', async () => {
    const other = await world.person();
    await call('Block_Start');
    expect(await openOtp(world, other, 'Block_Check')).toEqual(FALSE);
  });

  it('Block_Reset is true where there was nothing to take back', async () => {
    expect(await call('Block_Reset')).toEqual(TRUE);
  });

  it('Block_Reset lifts a lock in the directory where the policy says so', async () => {
    const lock = () => world.change(person, { lockedAt: world.app.clock.now() });
    const locked = async () =>
      (
        await world.query<{ locked_at: Date | null }>('SELECT locked_at FROM builtin_people WHERE id = $1', [person.id])
      )[0]?.locked_at !== null;
    await lock();
    expect(await call('Block_Reset')).toEqual(TRUE);
    expect(await locked()).toBe(true);
    const more = `policies: [{ name: l, category: lockout, options: { unlockExternal: "true" } }]`;
    await world.configure({ more });
    expect(await call('Block_Reset')).toEqual(TRUE);
    expect(await locked()).toBe(false);
  });

  it.each([0, -1, 86_401])('Block_Start for %i seconds is false', async (expires) => {
    expect(await call('Block_Start', { expires })).toEqual(FALSE);
    expect(await call('Block_Check')).toEqual(FALSE);
  });

  it.each(['Block_Check', 'Block_Reset', 'Block_Start'])('%s names what is wrong', async (method) => {
    const name = `OpenOTP.${method}`;
    expect(await world.chief.call(name, {})).toEqual(failure(-32602, 'Parameter dn missing'));
    expect(await world.chief.call(name, { dn: 5 })).toEqual(failure(-32602, 'Parameter dn not String'));
    expect(await world.chief.call(name, { dn: UNKNOWN_DN })).toEqual(
      failure(-32603, `LDAP object '${UNKNOWN_DN}' does not exist`),
    );
    expect(await world.chief.call(name, { dn: 'jane' })).toEqual(
      failure(-32603, "Could not read LDAP object 'jane' (invalid DN)"),
    );
  });

  it('a help desk checks and unblocks; who blocks is an administrator', async () => {
    const dn = dnOf(person);
    expect(await callAs(world, 'user-manager of ACME', 'OpenOTP.Block_Check', { dn })).toEqual(FALSE);
    expect(await callAs(world, 'user-manager of ACME', 'OpenOTP.Block_Reset', { dn })).toEqual(TRUE);
    expect(await callAs(world, 'user-manager of ACME', 'OpenOTP.Block_Start', { dn })).toEqual(
      failure(-32603, 'Access denied'),
    );
    expect(await callAs(world, 'domain-admin of ACME', 'OpenOTP.Block_Start', { dn })).toEqual(TRUE);
  });

  it('leave rows in the audit, refused or not', async () => {
    const after = await world.lastAuditId();
    await call('Block_Start', { expires: 60 });
    await call('Block_Start', { expires: 0 });
    await call('Block_Reset');
    const common = { actor: 'ACME\\chief', domain: 'ACME', target: dnOf(person) };
    expect(await world.audit({ after })).toMatchObject([
      { ...common, event: 'block.started', outcome: 'success', detail: { seconds: 60 } },
      { ...common, event: 'block.refused', outcome: 'refused', code: 'value-out-of-range' },
      { ...common, event: 'block.reset', outcome: 'success' },
    ]);
  });

  it('attack 17: ends the links that the person was sent, and the pages that they have open', async () => {
    const link = await world.link(person);
    const { browser, form } = await world.open(await world.link(person));
    await call('Block_Start', { expires: 60 });
    expect((await world.browser().get(link)).status).toBe(404);
    await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(await world.opens(person, NEW_PASSWORD)).toBe(false);
  });
});
