import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { answer, callAs, dnOf } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { codeNow, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);
const DAY = 86_400;

describe('section 12: what people have', () => {
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

  describe('OpenOTP.User_Tokens and User_Report', () => {
    it('tell what is in each slot, and nothing of a seed', async () => {
      expect(await call('User_Tokens')).toEqual(answer([]));
      await call('HOTP_Register', { key: RFC_KEY, id: 2 });
      await call('TOTP_Register', { key: RFC_KEY, id: 1 });
      await present(world, person, codeNow(world));
      const now = world.app.clock.now().toISOString();
      const common = { name: null, status: 'ACTIVE', usable: true, created: now, expires: null };
      expect(await call('User_Tokens')).toEqual(
        answer([
          {
            ...common,
            id: 1,
            slot: 'Token1',
            type: 'TOTP',
            product: 'LK/TOTP',
            serial: expect.stringMatching(/^TOTP-/) as string,
            lastused: now,
          },
          {
            ...common,
            id: 2,
            slot: 'Token2',
            type: 'HOTP',
            product: 'LK/HOTP',
            serial: expect.stringMatching(/^HOTP-/) as string,
            lastused: null,
          },
        ]),
      );
    });

    it('tell in one report only what was asked for', async () => {
      const report = { dn: dnOf(person), domain: 'ACME', active: true, methods: ['OTPoD'] };
      expect(await call('User_Report')).toEqual(answer(report));
      await call('Block_Start', { expires: 60 });
      const until = world.app.clock.in(60).toISOString();
      expect(await call('User_Report', { token: true, u2f: true, block: true })).toEqual(
        answer({
          ...report,
          token: [],
          u2f: [],
          block: { blocked: true, until, by: 'ACME\\chief', locked: [] },
        }),
      );
    });

    it('tell which authenticators are locked', async () => {
      await call('TOTP_Register', { key: RFC_KEY });
      for (let attempt = 0; attempt < 5; attempt++) await present(world, person, '000000');
      expect(await call('User_Report', { block: true })).toMatchObject({
        result: { block: { blocked: true, until: null, by: null, locked: ['OTP'] } },
      });
    });

    it('may be asked by a help desk, also about who is switched off', async () => {
      await world.change(person, { disabled: true });
      const dn = dnOf(person);
      expect(await callAs(world, 'user-manager of ACME', 'OpenOTP.User_Tokens', { dn })).toEqual(answer([]));
      expect(await callAs(world, 'user-manager of ACME', 'OpenOTP.User_Report', { dn })).toMatchObject({
        result: { active: false },
      });
    });

    it('refuse parameters of another type', async () => {
      expect(await call('User_Report', { token: 'yes' })).toEqual(failure(-32602, 'Parameter token not Boolean'));
      expect(await call('User_Methods', { active: 1 })).toEqual(failure(-32602, 'Parameter active not Boolean'));
    });
  });

  describe('OpenOTP.User_Methods', () => {
    it('lists what the person has, and what works now', async () => {
      await call('TOTP_Register', { key: RFC_KEY });
      await call('Prefix_Register', { prefix: '4985' });
      expect(await call('User_Methods')).toEqual(answer(['OTP', 'OTPoD', 'PIN']));
      await call('Token_Disable');
      expect(await call('User_Methods')).toEqual(answer(['OTP', 'OTPoD', 'PIN']));
      expect(await call('User_Methods', { active: true })).toEqual(answer(['OTPoD', 'PIN']));
      await call('Block_Start');
      expect(await call('User_Methods', { active: true })).toEqual(answer([]));
    });

    it('leaves out a locked authenticator', async () => {
      await call('TOTP_Register', { key: RFC_KEY });
      for (let attempt = 0; attempt < 5; attempt++) await present(world, person, '000000');
      expect(await call('User_Methods', { active: true })).toEqual(answer(['OTPoD']));
    });
  });

  describe('OpenOTP.Token_Enable, Token_Disable and Token_Unregister', () => {
    beforeEach(() => call('TOTP_Register', { key: RFC_KEY, id: 2 }));

    it('switch a token off and on', async () => {
      expect(await call('Token_Disable', { id: 2 })).toEqual(TRUE);
      expect(await call('User_Tokens')).toMatchObject({ result: [{ status: 'DISABLED', usable: false }] });
      expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
      expect(await call('Token_Disable', { id: 2 })).toEqual(FALSE);
      expect(await call('Token_Enable', { id: 2 })).toEqual(TRUE);
      expect(await call('Token_Enable', { id: 2 })).toEqual(FALSE);
      expect(await present(world, person, codeNow(world))).toBe('ok');
    });

    it('take a token away for good, and tell the person', async () => {
      expect(await call('Token_Unregister', { id: 2 })).toEqual(TRUE);
      expect(await call('User_Tokens')).toEqual(answer([]));
      expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
      expect((await world.messages(person)).map(({ text }) => text).join()).toMatch(/Removed|removed/);
      expect(await call('Token_Unregister', { id: 2 })).toEqual(FALSE);
    });

    it.each(['Token_Enable', 'Token_Disable', 'Token_Unregister'])('%s mean the first slot', async (method) => {
      expect(await call(method)).toEqual(FALSE);
      expect(await call(method, { id: 0 })).toEqual(FALSE);
      expect(await call(method, { id: 99 })).toEqual(FALSE);
      expect(await call(method, { id: 'first' })).toEqual(failure(-32602, 'Parameter id not Integer'));
      expect(await call('User_Tokens')).toMatchObject({ result: [{ id: 2, status: 'ACTIVE' }] });
    });

    it('leave rows in the audit', async () => {
      const after = await world.lastAuditId();
      await call('Token_Disable', { id: 2 });
      await call('Token_Disable', { id: 2 });
      await call('Token_Enable', { id: 2 });
      const common = { actor: 'ACME\\chief', target: dnOf(person) };
      expect(await world.audit({ after })).toMatchObject([
        { ...common, event: 'authenticator.disabled', detail: { kind: 'TOTP', slot: 'Token2' } },
        { ...common, event: 'authenticator-change.refused', code: 'nothing-to-change', detail: { 'params.id': 2 } },
        { ...common, event: 'authenticator.enabled', detail: { kind: 'TOTP', slot: 'Token2' } },
      ]);
    });
  });

  describe('OpenOTP.Expire_Start, Expire_Check and Expire_Reset', () => {
    beforeEach(() => call('TOTP_Register', { key: RFC_KEY }));

    it('let a token work for some days', async () => {
      expect(await call('Expire_Check')).toEqual(FALSE);
      expect(await call('Expire_Start', { expires: 2 })).toEqual(TRUE);
      world.app.clock.advance(2 * DAY - 1);
      expect(await call('Expire_Check')).toEqual(FALSE);
      world.app.clock.advance(1);
      expect(await call('Expire_Check')).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).toBe('no-usable-token');
      expect(await call('Expire_Reset')).toEqual(TRUE);
      expect(await call('Expire_Check')).toEqual(FALSE);
      expect(await present(world, person, codeNow(world))).toBe('ok');
    });

    it('a year when nobody says how long', async () => {
      await call('Expire_Start');
      const expires = world.app.clock.in(365 * DAY).toISOString();
      expect(await call('User_Tokens')).toMatchObject({ result: [{ expires }] });
    });

    it.each([{ expires: 0 }, { expires: 366 }, { expires: 5, id: 2 }])('for %j are false', async (params) => {
      expect(await call('Expire_Start', params)).toEqual(FALSE);
      expect(await call('Expire_Check', { id: 2 })).toEqual(FALSE);
      expect(await call('Expire_Reset', { id: 2 })).toEqual(FALSE);
    });
  });
});
