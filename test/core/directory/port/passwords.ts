import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { TheWorld } from './port-world.js';

const WRONG = { ok: false, code: 'credentials-invalid' };

export function describePasswords(world: TheWorld): void {
  describe('a password', () => {
    const check = (person: Person | undefined, password: string) =>
      world().directory.verifyPassword(person, plainSecret(password));

    it('is right or wrong, to the letter', async () => {
      const pia = await world().add({ login: 'pia', password: 'Pias-password-1' });
      expect(await check(pia, 'Pias-password-1')).toEqual({ ok: true });
      expect(await check(pia, 'pias-password-1')).toEqual(WRONG);
      expect(await check(pia, 'Pias-password-1')).toEqual({ ok: true });
      expect(await check(undefined, 'Pias-password-1')).toEqual(WRONG);
    });

    it.each(['', ' ', '\t\n', '\0', 'Pits-password-1\0', 'Pits-password-1 ', '\udfff'])(
      'attack 50, 52: is not %j',
      async (password) => {
        const pit =
          (await world().directory.findByLogin('pit')) ??
          (await world().add({ login: 'pit', password: 'Pits-password-1' }));
        await world().directory.unlock(pit);
        expect(await check(pit, password)).toEqual(WRONG);
        expect(await check(undefined, password)).toEqual(WRONG);
      },
    );

    it('is the new one alone after a change, which ends "must change"', async () => {
      const pat = await world().add({ login: 'pat', password: 'Pats-password-1' });
      await world().directory.passwordExpiry?.demandChange(pat);
      await world().transaction(await world().directory.setPassword(pat, plainSecret('Zufällig-パスワード-1')));
      expect(await check(pat, 'Pats-password-1')).toEqual(WRONG);
      expect(await check(pat, 'Zufällig-パスワード-1')).toEqual({ ok: true });
      expect(await world().directory.findByKey(pat.key)).toMatchObject({ mustChangePassword: false });
    });
  });
}
