import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthReply, AuthWorld } from '../auth-world.js';
import { applyPolicies, domainId, PAYROLL, type Policy, startCatalogWorld, VPN, whoIs } from '../catalog-world.js';

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startCatalogWorld(database());
  });
  afterEach(async () => {
    await world.database.query('DELETE FROM token_assignments');
    await world.database.query('DELETE FROM tokens');
  });
  afterAll(() => world.stop());

  const call = (method: string, body: object = {}, agent = 'vpn') => world.call(method, body, { agent });
  const rowsOf = ({ result }: AuthReply) => result?.['rows'] as Record<string, unknown>[];
  const apply = (policies: readonly Policy[]) => applyPolicies(world, policies);
  const JANE = { loginName: 'jane' };
  const BARE = { loginName: 'bare' };

  describe('section 4.1: listApplications', () => {
    it('has those that the agent is published on, by name, and nothing else', async () => {
      const { result } = await call('listApplications', { return: ['name'] });
      expect(result).toEqual({
        total: 4,
        rows: [{ name: 'Bare' }, { name: 'Empty' }, { name: 'Harbour VPN' }, { name: 'Payroll' }],
      });
      expect(rowsOf(await call('listApplications', {}, 'pier'))).toEqual([{ id: 'app-44', name: 'Payroll' }]);
    });

    it('is empty for an agent that is published on none', async () => {
      expect(await call('listApplications', {}, 'idle')).toMatchObject({ error: 0, result: { total: 0, rows: [] } });
    });

    it('has what an application is related to', async () => {
      const related = [{ realm: ['name', { domains: ['name'] }] }, { logonProcedures: ['type'] }];
      const wanted = ['id', 'name', 'description', 'realm.name', ...related];
      const [vpn] = rowsOf(await call('listApplications', { match: [['id', '=', 'app-31']], return: wanted }));
      expect(vpn).toEqual({
        id: 'app-31',
        name: 'Harbour VPN',
        description: 'From everywhere',
        realm: { name: 'harbour', domains: [{ name: 'HARBOUR' }, { name: 'pier.example' }] },
        'realm.name': 'harbour',
        logonProcedures: [{ type: 'Web SSO' }],
      });
      const [bare] = rowsOf(await call('listApplications', { match: [['name', '=', 'Bare']], return: ['*'] }));
      expect(bare).toEqual({
        id: 'app-50',
        name: 'Bare',
        description: null,
        realm: null,
        agents: [{ id: expect.stringMatching(/^[0-9a-f]{32}$/) as string }],
        logonProcedures: [],
      });
    });

    it('section 5: has the steps of its procedures', async () => {
      const wanted = [{ logonProcedures: ['name', { steps: ['name', { logonProcedure: ['type'] }] }] }];
      const [vpn] = rowsOf(await call('listApplications', { match: [['id', '=', 'app-31']], return: wanted }));
      const logonProcedure = { type: 'Web SSO' };
      expect(vpn).toEqual({
        logonProcedures: [
          {
            name: 'Harbour VPN (Web SSO)',
            steps: [
              { name: 'Password', logonProcedure },
              { name: 'Second factor', logonProcedure },
            ],
          },
        ],
      });
    });

    it('section 5: tells an agent of itself, and of no other one', async () => {
      const agents = async (agent: string) =>
        rowsOf(
          await call(
            'listApplications',
            { match: [['id', '=', 'app-44']], return: [{ agents: ['name', 'type', 'description'] }] },
            agent,
          ),
        );
      const type = 'API Agent';
      expect(await agents('vpn')).toEqual([{ agents: [{ name: 'vpn', type, description: 'Of vpn' }] }]);
      expect(await agents('pier')).toEqual([{ agents: [{ name: 'pier', type, description: 'Of pier' }] }]);
    });

    it.each(['clientSecret', 'certificatePfx', 'certificateJks', 'password'])(
      'attack 42: refuses the secret %s of an agent with 106',
      async (name) => {
        for (const item of [{ agents: [name] }, { agents: [{ elements: [name] }] }, `agents.${name}`]) {
          expect((await call('listApplications', { return: [item] })).error).toBe(106);
        }
      },
    );

    it('attack 42: shows nothing by which an agent shows itself', async () => {
      const wanted = ['*', { agents: ['*', 'clientId', 'addresses'] }];
      const [bare] = rowsOf(await call('listApplications', { match: [['id', '=', 'app-50']], return: wanted }));
      const id = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
      expect(bare).toMatchObject({ agents: [{ id, name: 'vpn', type: 'API Agent', description: 'Of vpn' }] });
      expect(JSON.stringify(bare)).not.toMatch(/client|address|certificate|secret/i);
    });

    it('keeps the identifiers it has given', async () => {
      const ids = async () => rowsOf(await call('listApplications', { return: ['id', { realm: ['id'] }] }));
      const before = await ids();
      await apply([]);
      expect(await ids()).toEqual(before);
    });
  });

  describe('section 4.2: listDomains', () => {
    it('has those of the application’s realm, each once, without blocked ones', async () => {
      expect(rowsOf(await call('listDomains', { application: VPN }))).toEqual([
        { id: await domainId(world, 'HARBOUR'), name: 'HARBOUR' },
        { id: await domainId(world, 'pier.example'), name: 'pier.example' },
      ]);
    });

    it('has those of all applications of the agent without one', async () => {
      const names = async (agent: string) => rowsOf(await call('listDomains', { return: ['name'] }, agent));
      expect(await names('vpn')).toEqual([{ name: 'HARBOUR' }, { name: 'PIER' }, { name: 'pier.example' }]);
      expect(await names('pier')).toEqual([{ name: 'PIER' }, { name: 'pier.example' }]);
      expect(await names('idle')).toEqual([]);
    });

    it.each([
      [{ id: 'app-0' }, 220],
      [{ name: 'Nothing' }, 220],
      [{ id: 'app-31', name: 'Payroll' }, 220],
      [{ id: 'app-99' }, 221],
      [{ name: 'hidden' }, 221],
      [{ id: 'app-50' }, 240],
      [{ id: 'app-31', name: 'HARBOUR vpn' }, 0],
    ])('%j is answered %d', async (application, code) => {
      expect((await call('listDomains', { application })).error).toBe(code);
    });
  });

  describe('section 4.4: getLogonSteps', () => {
    it('has the steps in their order', async () => {
      expect((await call('getLogonSteps', { application: VPN })).result).toEqual({
        total: 2,
        rows: [
          { name: 'Password', challengResponse: false, authenticators: [{ code: 'SPASS', name: 'Static Password' }] },
          {
            name: 'Second factor',
            challengResponse: true,
            authenticators: [
              { code: 'OTP', name: 'One-Time Password' },
              { code: 'OTPoD', name: 'On-Demand Password' },
              { code: 'GRID', name: 'Grid Card' },
              { code: 'OOBA', name: 'Out-of-Band Authentication' },
            ],
          },
        ],
      });
    });

    it('has every attribute of a step', async () => {
      const wanted = ['*', { authenticators: [{ elements: ['code'] }] }];
      const [first] = rowsOf(await call('getLogonSteps', { application: VPN, return: wanted }));
      expect(first).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        name: 'Password',
        description: 'As in the directory',
        challengResponse: false,
        checkStaticPass: true,
        authenticators: { elements: [{ code: 'SPASS', name: 'Static Password' }] },
        logonProcedure: { id: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
      });
    });

    it('is empty for a procedure without steps, and refused without a procedure', async () => {
      expect((await call('getLogonSteps', { application: { name: 'Empty' } })).result).toEqual({ total: 0, rows: [] });
      expect((await call('getLogonSteps', { application: { name: 'Bare' } })).error).toBe(230);
      expect((await call('getLogonSteps', {})).error).toBe(101);
    });

    const names = async (user: object, remoteIp?: string) => {
      const reply = await call('getLogonSteps', { application: VPN, user, ...(remoteIp && { remoteIp }) });
      return rowsOf(reply).map(({ name }) => name);
    };
    const logon = (options: object, more: object = {}): Policy => ({ name: 'p', category: 'logon', options, ...more });
    const ONE = ['Password'];
    const BOTH = ['Password', 'Second factor'];

    it('section 6.8: leaves the second factor out where the policy does', async () => {
      expect(await names(JANE)).toEqual(BOTH);
      await apply([logon({ mfa: 'NOT_REQUIRED' })]);
      expect(await names(JANE)).toEqual(ONE);
      expect(rowsOf(await call('getLogonSteps', { application: VPN }))).toHaveLength(2);
      await apply([logon({ mfa: 'NOT_REQUIRED' }, { applications: ['Payroll'] })]);
      expect(await names(JANE)).toEqual(BOTH);
      await apply([logon({ mfa: 'NOT_REQUIRED' }, { holder: { domain: 'HARBOUR', user: 'twin' } })]);
      expect(await names(JANE)).toEqual(BOTH);
    });

    it('section 6.8: asks people who have a token, in whatever state it is', async () => {
      await apply([logon({ mfa: 'REQUIRED_WITH_TOKEN' })]);
      expect(await names(JANE)).toEqual(ONE);
      const { account } = await whoIs(world, JANE);
      const held = await world.tokens.totp(account, {}, { status: 'INACTIVE' });
      expect(await names(JANE)).toEqual(ONE);
      const set = (statement: string) => world.database.query(statement, [held.assignment.id]);
      for (const status of ['ACTIVE', 'DISABLED', 'LOCKED']) {
        await set(`UPDATE token_assignments SET status = '${status}' WHERE id = $1`);
        expect(await names(JANE)).toEqual(BOTH);
      }
      await set("UPDATE token_assignments SET expires = '2001-01-01' WHERE id = $1");
      expect(await names(JANE)).toEqual(BOTH);
      await set('UPDATE token_assignments SET ended_at = now() WHERE id = $1');
      expect(await names(JANE)).toEqual(ONE);
    });

    it('section 6.8: does not take what is no second factor for a token', async () => {
      await apply([logon({ mfa: 'REQUIRED_WITH_TOKEN' })]);
      const { account } = await whoIs(world, JANE);
      for (const kind of ['PINCode', 'AppKey', 'SSHKey', 'EmergencyCode', 'Questions'] as const) {
        await world.tokens.give(account, { kind, product: `LK/${kind}` }, { slot: kind });
      }
      expect(await names(JANE)).toEqual(ONE);
    });

    it('attack 33: leaves nothing out for an address that is not among those that are exempt', async () => {
      await apply([logon({ mfa: 'REQUIRED', ipFilter: '198.51.100.0-198.51.100.255', ipFilterMode: 'MFA_EXEMPT' })]);
      expect(await names(JANE, '198.51.100.7')).toEqual(ONE);
      expect(await names(JANE, '::ffff:198.51.100.7')).toEqual(ONE);
      expect(await names(JANE, '198.51.101.7')).toEqual(BOTH);
      expect(await names(JANE)).toEqual(BOTH);
    });
  });

  describe('section 4.3: listAuthenticators', () => {
    const codes = async (step: number, user?: object, application: object = VPN) =>
      rowsOf(await call('listAuthenticators', { step, application, ...(user && { user }) })).map(({ code }) => code);

    it('has what is declared for the step, in its order, with names', async () => {
      expect((await call('listAuthenticators', { step: 1, application: PAYROLL })).result).toEqual({
        total: 2,
        rows: [
          { code: 'OTP', name: 'One-Time Password' },
          { code: 'OTPoD', name: 'On-Demand Password' },
        ],
      });
      expect(await codes(2)).toEqual(['OTP', 'OTPoD', 'GRID', 'OOBA']);
    });

    it.each([0, -1, 3, 2 ** 40])('step %d is out of range', async (step) => {
      expect(await call('listAuthenticators', { step, application: VPN })).toMatchObject({ error: 231 });
    });

    it('refuses what is no number of a step', async () => {
      for (const step of ['1', 1.5, null, [1]]) {
        expect([101, 102]).toContain((await call('listAuthenticators', { step, application: VPN })).error);
      }
      expect((await call('listAuthenticators', { application: VPN })).error).toBe(101);
    });

    it('counts only the steps that a person is asked', async () => {
      await apply([{ name: 'p', category: 'logon', options: { mfa: 'NOT_REQUIRED' } }]);
      expect((await call('listAuthenticators', { step: 2, application: VPN, user: JANE })).error).toBe(231);
      await apply([]);
    });

    it('leaves out what a person cannot use now', async () => {
      expect(await codes(2, JANE)).toEqual(['OTPoD']);
      const { account } = await whoIs(world, JANE);
      const held = await world.tokens.give(account, { kind: 'OCRA', product: 'LK/OCRA' });
      expect(await codes(2, JANE)).toEqual(['OTP', 'OTPoD']);
      await world.tokens.give(account, { kind: 'Push', product: 'LK/Push' }, { slot: 'Push1' });
      expect(await codes(2, JANE)).toEqual(['OTP', 'OTPoD', 'OOBA']);
      await world.database.query("UPDATE tokens SET status = 'DISABLED' WHERE id = $1", [held.token.id]);
      expect(await codes(2, JANE)).toEqual(['OTPoD', 'OOBA']);
      await apply([{ name: 'push', category: 'OOBA', options: { localAuth: 'PIN' } }]);
      expect(await codes(2, JANE)).toEqual(['OTPoD']);
      await world.tokens.give(account, { kind: 'PINCode', product: 'LK/PINCode' }, { slot: 'PINCode' });
      expect(await codes(2, JANE)).toEqual(['OTPoD', 'OOBA']);
      await apply([]);
    });

    it('leaves out what is locked after wrong attempts', async () => {
      const { account } = await whoIs(world, JANE);
      await world.tokens.give(account, { kind: 'OCRA', product: 'LK/OCRA' });
      const lock = (failures: number) =>
        world.database.query(
          `INSERT INTO authenticator_counters (account_id, authenticator, failures, last_failed_at) VALUES ($1, 'OTP', $2, $3)
           ON CONFLICT (account_id, authenticator) DO UPDATE SET failures = excluded.failures`,
          [account.id, failures, world.clock.now()],
        );
      await lock(3);
      expect(await codes(2, JANE)).toEqual(['OTP', 'OTPoD']);
      await apply([{ name: 'p', category: 'lockout', options: { maxFailures: '3' } }]);
      expect(await codes(2, JANE)).toEqual(['OTPoD']);
      await apply([]);
      await lock(0);
    });

    it('takes a token that only answers challenges where one is fetched', async () => {
      const { account } = await whoIs(world, { loginName: 'mara' });
      await world.tokens.give(account, { kind: 'OCRA', product: 'LK/OCRA' });
      expect(await codes(2, { loginName: 'mara' })).toContain('OTP');
      expect(await codes(1, { loginName: 'mara' }, PAYROLL)).not.toContain('OTP');
    });

    it('has all of them when a person can use none', async () => {
      expect(await codes(2, BARE)).toEqual(['OTP', 'OTPoD', 'GRID', 'OOBA']);
      expect(await codes(1, BARE)).toEqual(['SPASS']);
    });

    it('is refused like every question about a person', async () => {
      const code = async (body: object) => (await call('listAuthenticators', { step: 1, ...body })).error;
      expect(await code({ application: { name: 'Bare' } })).toBe(230);
      expect(await code({ application: { name: 'Bare' }, user: JANE })).toBe(240);
      expect(await code({ application: VPN, user: { loginName: 'nobody' } })).toBe(200);
      expect(await code({ application: VPN, user: { loginName: 'eve', 'domain.name': 'ELSEWHERE' } })).toBe(242);
    });
  });
});
