import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthWorld } from '../auth-world.js';
import { applyPolicies, type Policy, startCatalogWorld, VPN, whoIs } from '../catalog-world.js';

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startCatalogWorld(database());
  });
  afterAll(() => world.stop());

  const apply = (policies: readonly Policy[]) => applyPolicies(world, policies);
  const get = (category: string, more: object = {}) =>
    world.call('getPolicy', { category: { name: category }, ...more });
  const name = async (more: object = {}) => (await get('logon', { ...more, return: ['name'] })).result?.['name'];
  const JANE = { loginName: 'jane' };

  describe('section 4.15: getPolicy', () => {
    it('is one object, with what holds when nothing is declared', async () => {
      expect((await get('logon')).result).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        name: 'default',
        options: { mfa: 'REQUIRED', ipFilter: '', ipFilterMode: 'ALLOW', pendingTimeout: '300' },
      });
    });

    it('has what a policy leaves out as it holds otherwise: by setting, then by default', async () => {
      await apply([
        { name: 'vpn lockout', category: 'lockout', applications: ['Harbour VPN'], options: { maxFailures: '3' } },
      ]);
      expect((await get('LOCKOUT', { application: VPN })).result).toMatchObject({
        name: 'vpn lockout',
        options: { maxFailures: '3', lockMinutes: '30', growingDelay: 'true', unlockExternal: 'false' },
      });
      expect((await get('Lockout')).result).toMatchObject({ name: 'default', options: { maxFailures: '5' } });
      expect((await get('t-pass')).result).toMatchObject({
        options: {
          length: '6',
          lifetimeSeconds: '300',
          allowedChannels: 'SMS, SMTP',
          resendSeconds: '30',
          preDelivery: 'false',
          preDeliveryLifetime: '24',
        },
      });
    });

    it('is that of the nearest holder', async () => {
      const { directory, person } = await whoIs(world, JANE);
      const group = await directory.groups?.keeping?.ensure('Night shift');
      await directory.groups?.keeping?.assign(person, [group?.key ?? '']);
      const ladder: Policy[] = [
        { name: 'server' },
        { name: 'domain', holder: { domain: 'harbour' } },
        { name: 'unit', holder: { domain: 'HARBOUR', unit: 'dc=HARBOUR' } },
        { name: 'group', holder: { domain: 'HARBOUR', group: 'NIGHT shift' } },
        { name: 'user', holder: { domain: 'HARBOUR', user: 'Jane' } },
      ].map((policy) => ({ ...policy, category: 'logon', options: {} }));
      for (let count = ladder.length; count > 0; count--) {
        await apply(ladder.slice(0, count));
        expect(await name({ user: JANE })).toBe(ladder[count - 1]?.['name']);
      }
      await apply(ladder);
      expect(await name()).toBe('server');
      expect(await name({ user: { loginName: 'mara' } })).toBe('server');
      expect(await name({ user: { loginName: 'twin', 'domain.name': 'HARBOUR' } })).toBe('unit');
    });

    it('has every attribute, and of applications those that the agent knows', async () => {
      const policy = {
        name: 'p',
        description: 'of two',
        category: 'logon',
        priority: 7,
        holder: { domain: 'HARBOUR', user: 'jane' },
        applications: ['Harbour VPN', 'Hidden'],
        options: {},
      };
      await apply([policy]);
      const wanted = ['*', { holder: ['type', 'name', 'domain.name'] }, { applications: ['name'] }];
      expect((await get('logon', { user: JANE, application: VPN, return: wanted })).result).toEqual({
        id: expect.any(String) as string,
        name: 'p',
        description: 'of two',
        category: 'logon',
        enabled: true,
        priority: 7,
        holder: { type: 'USER', name: 'jane', 'domain.name': 'HARBOUR' },
        applications: [{ id: 'app-31', name: 'Harbour VPN' }],
        options: expect.any(Object) as object,
      });
    });

    it('shows no secret and no address of a server', async () => {
      await apply([
        { name: 'path', category: 'GridGo', options: { passcodeLength: '8' } },
        { name: 'filter', category: 'logon', options: { ipFilter: '198.51.100.7[192.0.2.1];203.0.113.1' } },
      ]);
      const path = await get('gridgo', { return: ['*'] });
      expect(path.result).toMatchObject({
        name: 'path',
        options: { passcodeLength: '8', passcodeHistory: '10', wrap: 'false' },
      });
      expect(JSON.stringify(path)).not.toMatch(/defaultPath/);
      const filter = await get('logon');
      expect(filter.result).toMatchObject({ options: { ipFilter: '198.51.100.7;203.0.113.1' } });
      expect(JSON.stringify(filter)).not.toContain('192.0.2.1');
    });

    it('section 6.10: has the stricter of the password policy and the rules of the domain', async () => {
      const options = async () => (await get('password', { user: JANE })).result?.['options'];
      await apply([]);
      expect(await options()).toEqual({
        minLength: '8',
        history: '0',
        maxAgeDays: '0',
        minAgeDays: '0',
        blocklist: '',
      });
      await apply([
        {
          name: 'p',
          category: 'password',
          options: { minLength: '14', history: '3', blocklist: 'a; b', minAgeDays: '1' },
        },
      ]);
      expect(await options()).toEqual({
        minLength: '14',
        history: '3',
        maxAgeDays: '0',
        minAgeDays: '1',
        blocklist: 'a; b',
      });
    });

    it('tells nothing that this version does not do', async () => {
      for (const [category, name] of [
        ['GridGo', 'keypad'],
        ['LK/TOTP', 'offline'],
        ['LK/TOTP', 'linkMinutes'],
      ] as const) {
        expect((await get(category)).result?.['options']).not.toHaveProperty(name);
      }
    });

    it.each([
      ['Logon', 'logon'],
      ['Lockout', 'lockout'],
      ['Self-Service', 'self-service'],
      ['GRIDGO', 'GridGo'],
      ['microsoft authenticator/time-based', 'Microsoft Authenticator/Time-Based'],
      ['Computer Logon Client', 'Computer Logon Client'],
      ['Emergency Code', 'Emergency Code'],
      ['computer logon agent', 'Computer Logon Agent'],
      ['MOBILEID/TIME-BASED', 'MobileID/Time-Based'],
      ['lk/totp', 'LK/TOTP'],
    ])('knows the category %s', async (written, category) => {
      expect((await get(written, { return: ['category'] })).result).toEqual({ category });
    });

    it.each(['login', 'a/b', '__proto__', '*', 'logon '.repeat(20)])(
      'does not know the category %s',
      async (category) => {
        expect(await get(category)).toMatchObject({ error: 370, message: 'Policy not found' });
      },
    );

    it('is refused without a category, and like every question about people and applications', async () => {
      expect((await world.call('getPolicy', {})).error).toBe(101);
      expect((await world.call('getPolicy', { category: {} })).error).toBe(101);
      expect((await get('logon', { application: { name: 'Hidden' } })).error).toBe(221);
      expect((await get('logon', { application: { id: 'x' } })).error).toBe(220);
      expect((await get('logon', { user: { loginName: 'nobody' } })).error).toBe(200);
      expect((await get('logon', { user: { loginName: 'eve', 'domain.name': 'ELSEWHERE' } })).error).toBe(242);
    });
  });
});
