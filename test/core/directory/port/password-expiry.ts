import { describe, expect, it } from 'vitest';
import type { TheWorld } from './port-world.js';

export function describePasswordExpiry(world: TheWorld): void {
  describe('the demand for another password', () => {
    const expiry = () => world().directory.passwordExpiry;

    it('holds until there is one, and is made of nobody else', async () => {
      const [edna, otto] = [await world().add({ login: 'edna' }), await world().add({ login: 'otto' })];
      await expiry().demandChange(edna);
      const mustChange = async (key: string) => (await world().directory.findByKey(key))?.mustChangePassword;
      expect([await mustChange(edna.key), await mustChange(otto.key)]).toEqual([true, false]);
    });

    it('cannot be made of somebody who is gone', async () => {
      const gone = await world().add({ login: 'goner' });
      await world().drop(gone);
      await expect(expiry().demandChange(gone)).rejects.toMatchObject({ code: 'account-not-found' });
    });
  });
}
