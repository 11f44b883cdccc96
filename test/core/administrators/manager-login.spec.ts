import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManagerLogin } from '../../../src/core/administrators/manager-login.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { eachPool } from '../../support/each-pool.js';
import { type Services, startServices } from '../../support/services.js';

const RIGHT = 'correct horse 1';
const CERTIFICATE = 'ab'.repeat(32);

describe("an administrator's log-in", () => {
  eachPool((database) => {
    let services: Services;
    let domain: Domain;
    let calls = 0;

    beforeEach(async () => {
      services = await startServices(database());
      domain = await services.domain({ name: 'ACME' });
      const chief = await services.factory.person(domain, { login: 'chief', password: RIGHT });
      await services.factory.administrator(chief);
      await services.factory.person(domain, { login: 'jane', password: RIGHT });
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const logIn = (user: string, password: string, clientAddress = '192.0.2.1', certificate?: string) =>
      services.get(ManagerLogin).authenticate({
        user,
        password: plainSecret(password),
        certificate,
        clientAddress,
        correlationId: `call ${++calls}`,
      });

    const INVALID = { code: 'credentials-invalid' };

    const failures = async (login: string) =>
      (
        await services.database.query<{ failed_logins: number }>(
          'SELECT failed_logins FROM builtin_people WHERE login = $1',
          [login],
        )
      )[0]?.failed_logins;

    it('attack 31: locks nobody who is no administrator, and looks at no password of theirs', async () => {
      for (let i = 0; i < 6; i++)
        await expect(logIn('ACME\\jane', `wrong ${i}`, `192.0.2.${i}`)).rejects.toMatchObject(INVALID);
      await expect(logIn('ACME\\jane', RIGHT, '192.0.2.9')).rejects.toMatchObject(INVALID);
      expect(await failures('jane')).toBe(0);
      expect(services.hasher.evaluated).toEqual([]);
      expect(services.hasher.evaluatedForNobody).toHaveLength(7);
      expect((await services.audit('manager-login.refused')).map(({ detail }) => detail?.['reason'])).toEqual(
        Array.from({ length: 7 }, () => 'not an administrator'),
      );
    });

    it('attack 31: with certificates asked for, locks no administrator whose certificate is not shown', async () => {
      await services.set('manager_auth', 'PKI');
      await services.database.query('UPDATE administrators SET certificates = $1::jsonb', [
        JSON.stringify([CERTIFICATE]),
      ]);
      for (const certificate of [undefined, 'cd'.repeat(32)]) {
        await expect(logIn('ACME\\chief', RIGHT, '192.0.2.1', certificate)).rejects.toMatchObject(INVALID);
      }
      expect(services.hasher.evaluated).toEqual([]);
      await expect(logIn('ACME\\chief', RIGHT, '192.0.2.1', CERTIFICATE)).resolves.toMatchObject({
        label: 'ACME\\chief',
      });
    });

    it('bans no address for right log-ins, however many come at once', async () => {
      for (let i = 0; i < 12; i++) {
        await services.factory.administrator(
          await services.factory.person(domain, { login: `desk${i}`, password: RIGHT }),
        );
      }
      const all = () => Promise.all(Array.from({ length: 12 }, (_, i) => logIn(`ACME\\desk${i}`, RIGHT)));
      for (let round = 0; round < 3; round++) expect(await all()).toHaveLength(12);
      await expect(logIn('ACME\\chief', RIGHT)).resolves.toMatchObject({ label: 'ACME\\chief' });
    });

    it('attack 26: bans it after five failures all the same, however many come at once', async () => {
      await Promise.allSettled(Array.from({ length: 40 }, (_, i) => logIn(`ACME\\chief`, `wrong ${i}`)));
      expect(services.hasher.evaluated.length).toBeLessThanOrEqual(5);
      await expect(logIn('ACME\\jane', 'wrong')).rejects.toMatchObject({ code: 'too-many-attempts' });
      services.clock.advance(180);
      await expect(logIn('ACME\\jane', 'wrong')).rejects.toMatchObject(INVALID);
    });
  });
});
