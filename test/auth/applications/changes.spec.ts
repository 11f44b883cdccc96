import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { AuthWorld } from '../auth-world.js';
import { applyPolicies, catalogFile, startCatalogWorld, VPN } from '../catalog-world.js';

describeOnPostgres('a change of the configuration', (database) => {
  let one: AuthWorld;
  let other: AuthWorld;
  beforeAll(async () => {
    one = await startCatalogWorld(database());
    other = await AuthWorld.start(database(), { file: catalogFile() });
  });
  afterAll(async () => {
    await other.stop();
    await one.stop();
  });

  const steps = async (world: AuthWorld) => {
    const { result } = await world.call('getLogonSteps', { application: VPN, user: { loginName: 'jane' } });
    return result?.['total'];
  };

  describe('made by one process', () => {
    it('holds in another without a restart, for policies too', async () => {
      expect([await steps(one), await steps(other)]).toEqual([2, 2]);
      await applyPolicies(one, [{ name: 'p', category: 'logon', options: { mfa: 'NOT_REQUIRED' } }]);
      expect(await steps(one)).toBe(1);
      await expect.poll(() => steps(other), { timeout: 5_000 }).toBe(1);
    });
  });
});
