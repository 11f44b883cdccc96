import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applicationModel } from '../../../src/auth/applications/application-model.js';
import { Policies } from '../../../src/auth/policies/policies.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { rulesOf, type TokenRules } from '../../../src/tokens/token-rules.js';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthWorld } from '../auth-world.js';
import { applyPolicies, type Policy, startCatalogWorld, whoIs } from '../catalog-world.js';

const USER = { loginName: 'jane' };

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startCatalogWorld(database());
  });
  afterEach(async () => {
    for (const table of ['token_assignments', 'tokens', 'authenticator_counters']) {
      await world.database.query(`DELETE FROM ${table}`);
    }
    await applyPolicies(world, []);
  });
  afterAll(() => world.stop());

  const verify = (otp: string) => world.code('verify', { user: USER, credential: { method: 'OTP', otp } });
  const account = async () => (await whoIs(world, USER)).account;
  async function rules(application?: string): Promise<TokenRules> {
    const snapshot = await world.get(Configuration).snapshot();
    const named = applicationModel(snapshot).applications.find(({ name }) => name === application);
    return world.get(Policies).tokenRules(snapshot, await whoIs(world, USER), named);
  }
  const lockout = (options: object, more: object = {}): Policy => ({
    name: JSON.stringify(more),
    category: 'lockout',
    options,
    ...more,
  });

  describe('section 6.8: the rules for tokens', () => {
    it('are the settings without a policy', async () => {
      expect(await rules()).toMatchObject({ maxFailures: 5, lockSeconds: 1_800, onDemand: { digits: 6 } });
    });

    it('are those of the application’s policy there, and of the person’s before it', async () => {
      await applyPolicies(world, [
        lockout({ maxFailures: '4', lockMinutes: '0' }),
        lockout({ maxFailures: '3' }, { applications: ['Harbour VPN'] }),
      ]);
      expect(await rules()).toMatchObject({ maxFailures: 4, lockSeconds: undefined });
      expect(await rules('Harbour VPN')).toMatchObject({ maxFailures: 3, lockSeconds: 1_800 });
      expect(await rules('Payroll')).toMatchObject({ maxFailures: 4 });
      await applyPolicies(world, [
        lockout({ maxFailures: '3' }, { applications: ['Harbour VPN'] }),
        lockout({ maxFailures: '9' }, { holder: { domain: 'HARBOUR', user: 'jane' } }),
      ]);
      expect(await rules('Harbour VPN')).toMatchObject({ maxFailures: 9 });
    });

    it('never allow more than a hundred failures, whoever says never to lock', async () => {
      await applyPolicies(world, [lockout({ maxFailures: '0' })]);
      expect(await rules()).toMatchObject({ maxFailures: 100 });
    });

    it('are others for the tokens of a product, by its name or its code', async () => {
      const window = { autoSyncWindow: '7', checkSyncWindow: '20', pinMode: 'PREFIX', cells: '6' };
      await applyPolicies(world, [{ name: 'p', category: 'LK/TOTP', options: window }]);
      const all = await rules();
      expect(all).toMatchObject({ time: { auto: 2, check: 30, manual: 120 }, pinPrefix: false });
      expect(rulesOf(all, 'LK/HOTP')).toBe(all);
      expect(rulesOf(all, 'LK/TOTP')).toMatchObject({
        time: { auto: 7, check: 20, manual: 120 },
        pinPrefix: true,
        cells: 6,
        maxFailures: 5,
      });
    });

    it('are as wide as the algorithm of the token bears', async () => {
      await applyPolicies(world, [
        {
          name: 'p',
          category: 'LK/HOTP',
          options: { autoSyncWindow: '50', checkSyncWindow: '60', manualSyncWindow: '2500' },
        },
      ]);
      const own = rulesOf(await rules(), 'LK/HOTP');
      expect(own.time).toEqual({ auto: 30, check: 60, manual: 2_500 });
      expect(own.event).toEqual({ auto: 50, check: 60, manual: 2_000 });
    });

    it('say how passcodes are sent', async () => {
      const options = { length: '8', lifetimeSeconds: '120', resendSeconds: '90', allowedChannels: 'SMTP, TWITTER' };
      await applyPolicies(world, [{ name: 'p', category: 'T-Pass', options }]);
      expect((await rules()).onDemand).toEqual({ digits: 8, seconds: 120, resendSeconds: 90, channels: ['MAIL'] });
    });
  });

  describe('section 6.8: at work', () => {
    it('attack 26: a lockout policy locks after as many failures as it says', async () => {
      await applyPolicies(world, [lockout({ maxFailures: '2', lockMinutes: '1' }, { holder: { domain: 'HARBOUR' } })]);
      await world.tokens.totp(await account());
      expect(await verify('000000')).toBe(300);
      world.clock.advance(31);
      expect(await verify('000000')).toBe(300);
      world.clock.advance(31);
      expect(await verify(world.tokens.code())).toBe(203);
      world.clock.advance(61);
      expect(await verify(world.tokens.code())).toBe(0);
    });

    it('a product’s window takes codes that the usual one does not', async () => {
      await world.tokens.totp(await account(), { product: 'LK/TOTP' });
      expect(await verify(world.tokens.code(5))).toBe(301);
      await applyPolicies(world, [{ name: 'p', category: 'LK/TOTP', options: { autoSyncWindow: '8' } }]);
      expect(await verify(world.tokens.code(7))).toBe(0);
    });

    it('a T-Pass policy says how long a passcode is', async () => {
      await applyPolicies(world, [
        { name: 'p', category: 'T-Pass', options: { length: '9', allowedChannels: 'SMTP' } },
      ]);
      expect(await world.code('sendOTP', { user: USER })).toBe(0);
      const [message] = await world.mailbox();
      expect(message).toMatchObject({ channel: 'MAIL', text: expect.stringMatching(/(?<!\d)\d{9}(?!\d)/) as string });
    });
  });
});
