import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthWorld } from '../auth-world.js';
import { active, change, inactive, SERIAL, startTokensWorld, USER } from './tokens-world.js';

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startTokensWorld(database());
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  const call = (method: string, body: object = {}) => world.call(method, { user: USER, ...body });
  async function rows(method: string, body: object = {}): Promise<Record<string, unknown>[]> {
    const { error, result } = await call(method, body);
    expect(error).toBe(0);
    return result?.['rows'] as Record<string, unknown>[];
  }
  async function push(serial = '220000417') {
    const { account } = await world.person();
    const state = { deviceModel: 'Pixel 8', deviceType: 'Android', key: { x: 'secret-looking' } };
    return world.tokens.give(account, { kind: 'Push', serial, product: 'LK/Push', state }, { slot: 'Push1' });
  }

  describe('section 4.18: listTokens', () => {
    it('gives ids and serial numbers, by serial number', async () => {
      const second = await active(world, '70011853', 'Token2');
      const first = await active(world);
      expect((await call('listTokens')).result).toEqual({
        total: 2,
        rows: [
          { id: first.token.id, serial: SERIAL },
          { id: second.token.id, serial: '70011853' },
        ],
      });
    });

    it('is an empty list for a person without tokens', async () => {
      expect(await call('listTokens')).toMatchObject({ error: 0, result: { total: 0, rows: [] } });
    });

    it('has those that cannot be used, and not what is being enrolled or has ended', async () => {
      const { account } = await world.person();
      await inactive(world);
      const disabled = await active(world, '70011853', 'Token2');
      await change(world, disabled, 'tokens', 'status', 'DISABLED');
      const ended = await active(world, '70011854', 'Token3');
      await world.database.transaction((tx) => world.get(TokenStore).end(tx, ended.assignment.id, 'removed'));
      const begun = await world.tokens.totp(account, { serial: 'TOTP-0123456789' }, { status: 'INACTIVE' });
      await change(world, begun, 'token_assignments', 'slot', null);
      expect(await rows('listTokens', { return: ['serial', 'status'] })).toEqual([
        { serial: SERIAL, status: 'ACTIVE' },
        { serial: '70011853', status: 'DISABLED' },
      ]);
    });

    it.each([
      [{ 'product.method': 'Push' }, ['220000417']],
      [{ product: { method: 'Push' } }, ['220000417']],
      [{ 'product.functions': 'OOBA' }, ['220000417']],
      [{ 'product.functions': ['OOBA', 'OTP'] }, []],
      [{ serial: SERIAL }, [SERIAL]],
      [{ serial: SERIAL, 'product.method': 'Push' }, []],
      [{ 'product.method': 'GridGo' }, []],
      [{ id: 'no such id' }, []],
    ])('filters by %j', async (token, serials) => {
      await active(world);
      await push();
      expect((await rows('listTokens', { token })).map(({ serial }) => serial)).toEqual(serials);
    });

    it('section 2.3: sorts, matches and pages', async () => {
      for (const [index, serial] of ['A1', 'A2', 'B1'].entries()) await active(world, serial, `Token${index + 1}`);
      expect(
        await call('listTokens', { sort: 'serial', order: 'desc', max: 1, offset: 1, return: ['serial'] }),
      ).toMatchObject({ result: { total: 3, rows: [{ serial: 'A2' }] } });
      expect(await rows('listTokens', { match: [['serial', 'like', 'A%']], return: ['serial'] })).toHaveLength(2);
      expect((await call('listTokens', { match: [['serial', '~', 'A']] })).error).toBe(102);
    });

    it('section 2.2: gives flat keys for paths and nested objects for relations', async () => {
      const { account } = await world.person();
      const held = await push();
      const wanted = [
        'product.name',
        { product: ['functions', 'digits'] },
        { tokenAssignments: ['id'] },
        { users: ['id'] },
      ];
      expect(await rows('listTokens', { return: wanted })).toEqual([
        {
          'product.name': 'Push Device',
          product: { functions: ['OOBA'], digits: null },
          tokenAssignments: [{ id: held.assignment.id }],
          users: [{ id: account.id }],
        },
      ]);
      await active(world);
      const [totp] = await rows('listTokens', {
        token: { serial: SERIAL },
        return: [{ product: ['digits', 'timer', 'algorithm'] }],
      });
      expect(totp).toEqual({ product: { digits: 6, timer: 30, algorithm: 'OATH TOTP' } });
    });

    it('section 5: gives every attribute by *', async () => {
      const { account } = await world.person();
      const held = await active(world);
      expect(await rows('listTokens', { return: ['*'] })).toEqual([
        {
          id: held.token.id,
          serial: SERIAL,
          identifier: SERIAL,
          status: 'ACTIVE',
          description: null,
          product: { id: 'LK/TEST' },
          repository: null,
          confined: false,
          users: [{ id: account.id }],
          assignedUsers: [{ id: account.id }],
          sharedUsers: [],
          tokenAssignments: [{ id: held.assignment.id }],
          oobDeviceModel: null,
          oobDeviceType: null,
        },
      ]);
      await change(world, held, 'token_assignments', 'is_owner', false);
      const shared = ['users', 'assignedUsers', 'sharedUsers', { tokenAssignments: ['isOwner'] }];
      expect(await rows('listTokens', { return: shared })).toEqual([
        {
          users: [{ id: account.id }],
          assignedUsers: [],
          sharedUsers: [{ id: account.id }],
          tokenAssignments: [{ isOwner: false }],
        },
      ]);
    });

    it('section 5: gives every attribute of a product', async () => {
      const { account } = await world.person();
      await world.tokens.hotp(account, { product: 'LK/HOTP' });
      expect(await rows('listTokens', { return: [{ product: ['*'] }] })).toEqual([
        {
          product: {
            id: 'LK/HOTP',
            name: expect.any(String) as string,
            manufacturerCode: 'LK',
            productCode: 'HOTP',
            method: 'OTP',
            functions: ['OTP'],
            digits: 6,
            timer: null,
            algorithm: 'OATH HOTP',
          },
        },
      ]);
    });

    it.each(['seed', 'counter', 'drift', 'history', 'pin', 'state', 'uri', 'key'])(
      'attack 42: refuses the secret %s with 106',
      async (name) => {
        await active(world);
        expect(await call('listTokens', { return: [name] })).toMatchObject({ error: 106, severity: 'ERROR' });
      },
    );

    it('attack 42: refuses the secrets of related objects with 106', async () => {
      await active(world);
      expect((await call('listTokens', { return: [{ tokenAssignments: ['challengeCodes'] }] })).error).toBe(106);
    });

    it('attack 42: shows no secret by *', async () => {
      const { token } = await active(world);
      await push();
      const answer = JSON.stringify((await call('listTokens', { return: ['*'] })).result);
      expect(answer).toContain(SERIAL);
      expect(answer).not.toContain(token.secretSealed);
      expect(answer).not.toContain('secret-looking');
      expect(answer).not.toMatch(/seed|counter|drift|history|secret/i);
    });

    it('names who is meant, and refuses who is out of reach', async () => {
      expect(await world.code('listTokens', {})).toBe(101);
      expect(await world.code('listTokens', { user: { loginName: 'nobody' } })).toBe(200);
      expect(await world.call('listTokens', { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).toMatchObject(
        {
          error: 242,
          message: 'The requested domain is not defined in the realm',
          severity: 'ERROR',
        },
      );
      expect(await world.code('listTokens', { user: { loginName: 'mary', 'domain.name': 'NOWHERE' } })).toBe(241);
    });
  });

  describe('section 4.5: listTokenAssignments', () => {
    it('gives ids, statuses and tokens', async () => {
      const held = await inactive(world);
      expect((await call('listTokenAssignments')).result).toEqual({
        total: 1,
        rows: [{ id: held.assignment.id, status: 'INACTIVE', token: { id: held.token.id, serial: SERIAL } }],
      });
    });

    it('gives push devices with what is known of them, as published', async () => {
      await active(world);
      await push();
      expect(
        await rows('listTokenAssignments', {
          application: { id: 'app-mail' },
          token: { 'product.functions': 'OOBA' },
          return: ['status', { token: ['serial', 'oobDeviceModel', 'oobDeviceType'] }],
        }),
      ).toEqual([
        { status: 'ACTIVE', token: { serial: '220000417', oobDeviceModel: 'Pixel 8', oobDeviceType: 'Android' } },
      ]);
    });

    it('gives every attribute by *', async () => {
      const { account } = await world.person();
      const held = await active(world);
      expect(await rows('listTokenAssignments', { return: ['*'] })).toEqual([
        {
          id: held.assignment.id,
          status: 'ACTIVE',
          user: { id: account.id },
          token: { id: held.token.id },
          isOwner: true,
          usageLimit: 0,
          starts: null,
          expires: null,
          priority: 0,
          lastChangePin: null,
          mustChangePin: false,
          pinNeverExpires: false,
          dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
          lastUpdated: expect.stringMatching(/Z$/) as string,
        },
      ]);
    });

    it.each(['pin', 'activationCode', 'challengeCodes', 'token.counter'])(
      'refuses the secret %s with 106',
      async (name) => {
        await active(world);
        expect((await call('listTokenAssignments', { return: [name] })).error).toBe(106);
      },
    );

    it('section 5: has what is known of the person, addresses only where they are named', async () => {
      const { account, domain, directory, person } = await world.person();
      const group = await directory.groups?.keeping?.ensure('Night shift');
      await directory.groups?.keeping?.assign(person, [group?.key ?? '']);
      const held = await active(world);
      const known = {
        id: account.id,
        loginName: 'jane',
        firstName: person.firstName ?? null,
        lastName: person.lastName ?? null,
        userLocale: null,
        status: 'ACTIVE',
        domain: { id: domain.id },
        groups: [{ id: group?.key }],
        tokens: [{ id: held.token.id }],
        tokenAssignments: [{ id: held.assignment.id }],
        lastLogin: null,
        failCount: 0,
        mustChangePassword: false,
        lastChangePassword: person.passwordChangedAt?.toISOString().replace(/\.\d{3}Z$/, 'Z') ?? null,
      };
      expect(await rows('listTokenAssignments', { return: [{ user: ['*'] }] })).toEqual([{ user: known }]);
      const named = [{ user: ['email', 'mobile', 'domain.name', { groups: ['name'] }] }];
      expect(await rows('listTokenAssignments', { return: named })).toEqual([
        {
          user: {
            email: 'jane@harbour.test',
            mobile: '+35226000001',
            'domain.name': 'HARBOUR',
            groups: [{ name: 'Night shift' }],
          },
        },
      ]);
    });

    it('section 5: has the status and the failures of the person as they are now', async () => {
      await active(world);
      const user = async () => {
        const [row] = await rows('listTokenAssignments', { return: [{ user: ['status', 'failCount'] }] });
        return row?.['user'];
      };
      await world.code('verify', { user: USER, credential: { otp: '000000' } });
      await world.code('verify', { user: USER, credential: { method: 'PIN', pin: '0000' } });
      expect(await user()).toEqual({ status: 'ACTIVE', failCount: 1 });
      await world.database.query(`UPDATE authenticator_counters SET failures = 5`);
      expect(await user()).toEqual({ status: 'LOCKED', failCount: 5 });
      world.clock.advance(1_800);
      expect(await user()).toEqual({ status: 'ACTIVE', failCount: 0 });
      await world.database.query(`UPDATE builtin_people SET disabled = true WHERE login = 'jane'`);
      expect(await user()).toMatchObject({ status: 'DISABLED' });
      await world.database.query(`UPDATE accounts SET state = 'deactivated'`);
      expect(await user()).toMatchObject({ status: 'INACTIVE' });
    });

    it.each(['user.password', 'user.pin'])('attack 42: refuses %s with 106', async (name) => {
      expect((await call('listTokenAssignments', { return: [name] })).error).toBe(106);
      expect((await call('listTokenAssignments', { return: [{ user: [name.slice(5)] }] })).error).toBe(106);
    });

    it('names what is meant', async () => {
      expect(await world.code('listTokenAssignments', { application: { id: 'none' }, user: USER })).toBe(220);
      expect(await world.code('listTokenAssignments', { user: { loginName: 'nobody' } })).toBe(200);
      expect(
        await world.code('listTokenAssignments', { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } }),
      ).toBe(242);
    });

    it('is nobody else’s', async () => {
      await active(world);
      expect(await rows('listTokenAssignments', { user: { loginName: 'john' } })).toEqual([]);
    });
  });
});
