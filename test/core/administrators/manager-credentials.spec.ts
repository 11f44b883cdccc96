import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Administrators } from '../../../src/core/administrators/administrators.js';
import { type ManagerCredentials, ManagerLogin } from '../../../src/core/administrators/manager-login.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { People } from '../../../src/core/directory/people.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { eachPool } from '../../support/each-pool.js';
import { secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres } from '../../support/test-database.js';

const PASSWORD = 'desk horse 1';
const FINGERPRINT = 'ab'.repeat(32);
/** Asked of the database when the last look is a while ago, whoever logs in. */
const READ_NOW_AND_THEN = /FROM server_configuration/;

describe('the credentials of administrators', () => {
  eachPool((database) => {
    let services: Services;
    let domain: Domain;
    let desk: BuiltinPerson;

    beforeEach(async () => {
      services = await startServices(database());
      await services.configure({ defaultDomain: 'ACME' });
      domain = await services.domain({ name: 'ACME' });
      desk = await services.factory.person(domain, { login: 'desk', password: PASSWORD });
      await services.factory.administrator(desk, 'domain-admin');
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    function login(fields: Partial<Record<keyof ManagerCredentials, string>> = {}) {
      return services.get(ManagerLogin).authenticate({
        user: 'ACME\\desk',
        certificate: undefined,
        clientAddress: '192.0.2.1',
        correlationId: 'r-1',
        ...fields,
        password: plainSecret(fields.password ?? PASSWORD),
      });
    }

    /** The code of the refusal, or `ok`. */
    async function outcome(fields: Parameters<typeof login>[0] = {}): Promise<unknown> {
      try {
        await login(fields);
        return 'ok';
      } catch (error) {
        return DomainError.is(error) ? error.code : error;
      }
    }

    const change = (sql: string) =>
      services.database.query(`UPDATE builtin_people SET ${sql} WHERE id = $1`, [desk.id]);
    const hashes = () => services.hasher.evaluated.length + services.hasher.evaluatedForNobody.length;

    it('say who it is and what they may do', async () => {
      const manager = await login();
      const [account] = await services.database.query<{ id: string }>('SELECT id FROM accounts');
      expect(manager).toEqual({
        label: 'ACME\\desk',
        accountId: account?.id,
        domainId: domain.id,
        role: 'domain-admin',
      });
      expect(await services.audit()).toEqual([]);
    });

    it.each(['desk', 'ACME\\desk', 'acme\\DESK', ' ACME \\ desk ', 'ＡＣＭＥ\\ｄｅｓｋ'])(
      'attack 28: may name them as "%s"',
      async (user) => {
        expect((await login({ user })).label).toBe('ACME\\desk');
      },
    );

    it.each([
      ['a wrong password', { password: 'wrong' }, 1],
      ['an empty password', { password: '' }, 0],
      ['an unknown person', { user: 'ACME\\nobody' }, 1],
      ['an unknown domain', { user: 'NOWHERE\\desk' }, 1],
      ['no name', { user: '' }, 1],
      ['a backslash alone', { user: '\\' }, 1],
      ['a pattern', { user: 'ACME\\%' }, 1],
      ['a NUL', { user: 'AC\0ME\\de\0sk' }, 1],
      ['a lone surrogate', { user: 'ACME\\desk\ud800' }, 1],
      ['ten thousand characters', { user: `ACME\\${'x'.repeat(10_000)}` }, 1],
      ['a DN', { user: 'cn=desk,dc=ACME' }, 1],
      ['a second colon', { password: 'desk horse 1:desk horse 1' }, 1],
    ])('attack 45: with %s are refused with the same words, one hash and one audit row', async (_, fields, work) => {
      await expect(login(fields)).rejects.toMatchObject({ code: 'credentials-invalid', params: {} });
      expect(hashes()).toBe(work);
      expect(await services.audit()).toMatchObject([
        {
          event: 'manager-login.refused',
          outcome: 'refused',
          code: 'credentials-invalid',
          actor: 'anonymous',
          clientAddress: '192.0.2.1',
          correlationId: 'r-1',
        },
      ]);
    });

    it('of a person who is no administrator are refused, though the password is right', async () => {
      await services.factory.person(domain, { login: 'jane', password: PASSWORD });
      expect(await outcome({ user: 'jane' })).toBe('credentials-invalid');
      expect((await services.audit())[0]?.detail).toMatchObject({ user: 'jane', reason: 'not an administrator' });
    });

    it.each([
      ['disabled', () => change('disabled = true')],
      ['told to change the password', () => change('must_change_password = true')],
      ['without a password', () => change('password_hash = NULL')],
      [
        'of a blocked domain',
        async () => {
          await services.database.query('UPDATE domains SET blocked = true');
          await services.configure({ defaultDomain: 'ACME' });
        },
      ],
      [
        'deactivated here',
        async () => {
          await login();
          await services.database.query(`UPDATE accounts SET state = 'deactivated'`);
        },
      ],
    ])('of an administrator who is %s are refused', async (_, make) => {
      await make();
      expect(await outcome()).toBe('credentials-invalid');
      expect(await outcome({ user: 'desk' })).toBe('credentials-invalid');
    });

    it('leave no password in the audit', async () => {
      await outcome({ password: 'canary-7f3' });
      await outcome({ user: 'NOWHERE\\x', password: 'canary-7f3' });
      expect(JSON.stringify(await services.audit())).not.toContain('canary');
    });

    it.each([
      'canary-7f3',
      'ACME\\canary-7f3',
      'desk canary-7f3',
      'canary-7f3\\desk',
      'desk\\canary-7f3',
      'cn=canary-7f3,dc=ACME',
    ])(
      'attack 42: leave nothing of "%s", which is nobody\'s name and may be a password, in any table',
      async (user) => {
        for (const mode of ['UID', 'DN', 'PKI']) {
          await services.set('manager_auth', mode);
          await outcome({ user, clientAddress: `192.0.2.${mode.length}` });
        }
        expect((await services.audit()).map(({ detail }) => detail?.['user'])).toEqual(Array(3).fill('(unknown)'));
        const kept = ['audit_events', 'throttle_counters'].map((name) =>
          services.database.query(`SELECT * FROM ${name}`),
        );
        expect(JSON.stringify(await Promise.all(kept))).not.toContain('canary');
      },
    );

    describe('are counted first', () => {
      it('and not looked at after five failures from one address', async () => {
        for (let i = 0; i < 5; i++) expect(await outcome({ user: `ACME\\guess${i}` })).toBe('credentials-invalid');
        const before = hashes();
        await expect(login()).rejects.toMatchObject({ code: 'too-many-attempts', params: { retryAfter: 180 } });
        expect(hashes()).toBe(before);
        services.clock.advance(180);
        expect(await outcome()).toBe('ok');
      });

      it('attack 32: together for all addresses of one /64', async () => {
        for (let i = 0; i < 5; i++) await outcome({ user: `x${i}`, clientAddress: `2001:db8:1:2::${i}` });
        expect(await outcome({ clientAddress: '2001:db8:1:2:ffff::1' })).toBe('too-many-attempts');
        expect(await outcome({ clientAddress: '2001:db8:1:3::1' })).toBe('ok');
        expect(await outcome({ clientAddress: '192.0.2.1' })).toBe('ok');
      });

      it('attack 26: and no more than five of 100 parallel guesses looked at', async () => {
        const results = await Promise.all(
          Array.from({ length: 100 }, (_, i) => outcome({ user: `ACME\\guess${i}`, password: `wrong ${i}` })),
        );
        expect(results.filter((result) => result === 'credentials-invalid')).toHaveLength(5);
        expect(hashes()).toBe(5);
      });

      it('and taken back when they were right', async () => {
        for (let i = 0; i < 20; i++) expect(await outcome()).toBe('ok');
        for (let i = 0; i < 4; i++) await outcome({ user: `ACME\\guess${i}` });
        expect(await outcome()).toBe('ok');
        expect(await outcome()).toBe('ok');
        expect(await outcome({ user: 'ACME\\guess' })).toBe('credentials-invalid');
        expect(await outcome()).toBe('too-many-attempts');
      });

      it('attack 27: and a right log-in does not forget the wrong ones', async () => {
        for (let i = 0; i < 4; i++) {
          expect(await outcome({ user: `ACME\\guess${i}` })).toBe('credentials-invalid');
          expect(await outcome()).toBe('ok');
        }
        expect(await outcome({ user: 'ACME\\guess' })).toBe('credentials-invalid');
        expect(await outcome()).toBe('too-many-attempts');
      });

      it('and lock no portal out that makes 32 good calls at once', async () => {
        const managers = await Promise.all(Array.from({ length: 32 }, () => login()));
        expect(new Set(managers.map(({ label }) => label))).toEqual(new Set(['ACME\\desk']));
        expect(services.hasher.evaluated).toHaveLength(1);
        expect(await outcome()).toBe('ok');
      });

      it('attack 34: once for a wrong call that is made 32 times at once, and it tells all the same', async () => {
        const results = await Promise.all(Array.from({ length: 32 }, () => outcome({ password: 'wrong' })));
        expect(new Set(results)).toEqual(new Set(['credentials-invalid']));
        expect(hashes()).toBe(1);
        const key = 'manager-login:192.0.2.1';
        const counted = await services.database.query('SELECT count FROM throttle_counters WHERE key = $1', [key]);
        expect(counted).toEqual([{ count: 1 }]);
      });
    });

    it('attack 30: of an administrator who is locked in the built-in directory are not looked at', async () => {
      await login();
      await services.database.query('UPDATE builtin_people SET locked_at = $1', [services.clock.now()]);
      services.hasher.evaluated.length = 0;
      for (const clientAddress of ['192.0.2.1', '203.0.113.1']) {
        expect(await outcome({ clientAddress })).toBe('credentials-invalid');
        expect((await services.audit()).at(-1)?.detail).toMatchObject({ reason: 'account-locked' });
      }
      expect(services.hasher.evaluated).toEqual([]);
    });

    it('attack 30: of an administrator are locked by the directory after failures at an address of theirs', async () => {
      await login();
      for (let i = 0; i < 5; i++) expect(await outcome({ password: `wrong ${i}` })).toBe('credentials-invalid');
      expect(await outcome({ clientAddress: '203.0.113.1' })).toBe('credentials-invalid');
      expect((await services.audit()).at(-1)?.detail).toMatchObject({ reason: 'account-locked' });
    });

    it('attack 31: of an administrator whom others guess at are right from an address of theirs, and later from any', async () => {
      await login();
      for (let i = 0; i < 100; i++) await outcome({ password: `wrong ${i}`, clientAddress: `198.51.100.${i}` });
      expect(services.hasher.evaluated.filter((guess) => guess.startsWith('wrong'))).toHaveLength(3);
      expect(await outcome()).toBe('ok');
      expect(await outcome({ clientAddress: '203.0.113.1' })).toBe('credentials-invalid');
      expect((await services.audit()).at(-1)?.detail).toMatchObject({ reason: 'too many attempts at this person' });
      services.clock.advance(30 * 60);
      expect(await outcome({ clientAddress: '203.0.113.1' })).toBe('ok');
    });

    it('attack 31: of strangers bring nobody nearer to the lock of the built-in directory, however long they go on', async () => {
      for (let hour = 0; hour < 4; hour++) {
        for (let i = 0; i < 5; i++) await outcome({ password: `wrong ${i}`, clientAddress: `198.51.100.${i}` });
        services.clock.advance(60 * 60);
      }
      const [person] = await services.database.query('SELECT failed_logins, locked_at FROM builtin_people');
      expect(person).toEqual({ failed_logins: 0, locked_at: null });
      expect(await outcome()).toBe('ok');
    });

    it('attack 28: count together for all names of one administrator', async () => {
      await services.set('manager_auth', 'UID');
      const names = ['ACME\\desk', 'desk', 'acme\\DESK', ' ACME \\ desk '];
      for (const [i, user] of names.entries()) {
        await outcome({ user, password: 'wrong', clientAddress: `198.51.100.${i}` });
      }
      expect(services.hasher.evaluated).toHaveLength(3);
    });

    it('attack 46: ask the same of the database in the same order, whoever is named', async () => {
      await login();
      await services.factory.person(domain, { login: 'jane', password: PASSWORD });
      await services.factory.administrator(
        await services.factory.person(domain, { login: 'locked', password: PASSWORD, lockedAt: services.clock.now() }),
      );
      await services.factory.administrator(
        await services.factory.person(domain, { login: 'off', password: PASSWORD, disabled: true }),
      );
      const asked = vi.spyOn(database().dataSource.manager, 'query');
      const looked = vi.spyOn(Database.prototype, 'prepared');
      const work = [];
      for (const [i, user] of ['desk', 'nobody', 'jane', 'jane', 'locked', 'off'].entries()) {
        asked.mockClear();
        looked.mockClear();
        const before = hashes();
        expect(await outcome({ user, password: 'wrong', clientAddress: `198.51.100.${i}` })).toBe(
          'credentials-invalid',
        );
        const lookUps = looked.mock.calls.map(([statement]) => statement.text);
        const statements = asked.mock.calls.map(([sql]) => sql).filter((sql) => !READ_NOW_AND_THEN.test(sql));
        work.push({ lookUps, statements, hashes: hashes() - before });
      }
      asked.mockRestore();
      looked.mockRestore();
      for (const one of work) expect(one).toEqual(work[0]);
      expect(work[0]).toMatchObject({ hashes: 1, lookUps: { length: 2 }, statements: { length: 5 } });
    });

    it('attack 46: are checked one by one for nobodies, whose password is the same', async () => {
      const guesses = Array.from({ length: 4 }, (_, i) => outcome({ user: `ACME\\nobody ${i}`, password: 'wrong' }));
      expect(await Promise.all(guesses)).toEqual(guesses.map(() => 'credentials-invalid'));
      expect(services.hasher.evaluatedForNobody).toHaveLength(4);
    });

    it('make no account for a person who is only guessed at', async () => {
      await services.factory.person(domain, { login: 'jane', password: PASSWORD });
      await outcome({ user: 'jane' });
      await outcome({ password: 'wrong' });
      expect(await services.database.query('SELECT id FROM accounts')).toEqual([]);
    });

    it('attack 19: give the role to nobody who was made again under the name', async () => {
      await login();
      await services.database.query('DELETE FROM builtin_people');
      await services.factory.person(domain, { login: 'desk', password: PASSWORD });
      expect(await outcome()).toBe('credentials-invalid');
      const found = await services.get(People).byLogin(domain, 'desk');
      expect(await services.get(Administrators).roleOf(found)).toBeUndefined();
    });

    it('attack 19: bind the role when they are right, and only then', async () => {
      const bound = () => services.database.query('SELECT account_id FROM administrators');
      const found = await services.get(People).byLogin(domain, 'desk');
      expect(await services.get(Administrators).roleOf(found)).toBe('domain-admin');
      expect(await bound()).toEqual([{ account_id: null }]);
      await outcome({ password: 'wrong' });
      expect(await bound()).toEqual([{ account_id: null }]);
      const { accountId } = await login();
      expect(await bound()).toEqual([{ account_id: accountId }]);
    });

    it('know no role of the same name in another domain', async () => {
      const other = await services.domain({ name: 'OTHER' });
      await services.factory.person(other, { login: 'desk', password: PASSWORD });
      expect(await outcome({ user: 'OTHER\\desk' })).toBe('credentials-invalid');
    });

    describe('without a domain in the name', () => {
      it('mean the only one there is', async () => {
        await services.configure({ defaultDomain: null });
        expect(await outcome({ user: 'desk' })).toBe('ok');
      });

      it('mean none when there are several and none is the default', async () => {
        await services.domain({ name: 'AAA' });
        await services.configure({ defaultDomain: null });
        expect(await outcome({ user: 'desk' })).toBe('credentials-invalid');
        expect(await outcome({ user: 'ACME\\desk' })).toBe('ok');
      });

      it('mean none that is blocked', async () => {
        await services.domain({ name: 'AAA', blocked: true });
        await services.configure({ defaultDomain: null });
        expect(await outcome({ user: 'desk' })).toBe('ok');
      });
    });

    describe('by DN', () => {
      beforeEach(() => services.set('manager_auth', 'DN'));

      it('hold the DN and no login', async () => {
        expect((await login({ user: 'cn=desk,dc=ACME' })).label).toBe('ACME\\desk');
        expect((await login({ user: 'CN=Desk, DC=acme' })).label).toBe('ACME\\desk');
        expect(await outcome({ user: 'ACME\\desk' })).toBe('credentials-invalid');
        expect(await outcome({ user: 'desk' })).toBe('credentials-invalid');
      });

      it('find the person in whichever domain they are', async () => {
        const remote = await services.remoteDomain({ name: 'CORP' });
        const person = services.directory.add({ login: 'chief', password: PASSWORD });
        await services.database.query(
          `INSERT INTO administrators (domain_id, login_key, login, role) VALUES ($1, 'chief', 'chief', 'global-admin')`,
          [remote.id],
        );
        expect(await login({ user: person.dn })).toMatchObject({ label: 'CORP\\chief', role: 'global-admin' });
      });

      it('keep nobody of one domain out because the directory of another is down', async () => {
        await services.remoteDomain({ name: 'AAA' });
        services.directory.before = () => {
          throw new DomainError('directory-unavailable');
        };
        expect(await outcome({ user: 'cn=desk,dc=ACME' })).toBe('ok');
        expect(await outcome({ user: 'uid=chief,dc=example,dc=test' })).toBe('directory-unavailable');
      });

      it.each(['cn=desk', 'cn=desk,dc=ACME,dc=x', 'cn=*,dc=ACME', 'cn=desk,dc=ACME\0', ''])(
        'attack 49: find nobody as %j',
        async (user) => {
          expect(await outcome({ user })).toBe('credentials-invalid');
        },
      );
    });

    describe('by certificate', () => {
      beforeEach(async () => {
        await services.set('manager_auth', 'PKI');
        await services.database.query('UPDATE administrators SET certificates = $1::jsonb', [
          JSON.stringify(['cd'.repeat(32), FINGERPRINT]),
        ]);
      });

      it("want the password and one of the administrator's own certificates", async () => {
        expect(await outcome({ certificate: FINGERPRINT })).toBe('ok');
        expect(await outcome({ certificate: FINGERPRINT, password: 'wrong' })).toBe('credentials-invalid');
        expect(await outcome({ certificate: 'ef'.repeat(32) })).toBe('credentials-invalid');
        expect(await outcome({ certificate: '' })).toBe('credentials-invalid');
        expect(await outcome()).toBe('credentials-invalid');
      });

      it("are worth nothing with somebody else's certificate", async () => {
        const other = await services.factory.person(domain, { login: 'other', password: PASSWORD });
        await services.factory.administrator(other);
        expect(await outcome({ user: 'other', certificate: FINGERPRINT })).toBe('credentials-invalid');
      });
    });

    it('are counted against nobody while the directory is down', async () => {
      await services.remoteDomain({ name: 'CORP' });
      services.directory.before = () => {
        throw new DomainError('directory-unavailable');
      };
      for (let i = 0; i < 10; i++) expect(await outcome({ user: 'CORP\\chief' })).toBe('directory-unavailable');
      expect(await outcome()).toBe('ok');
    });
  });
});

describeOnPostgres('the credentials of administrators in two processes', (database) => {
  it('attack 26: are looked at five times together', async () => {
    const one = await startServices(database());
    await one.configure({ defaultDomain: 'ACME' });
    const domain = await one.domain({ name: 'ACME' });
    await one.factory.administrator(await one.factory.person(domain, { login: 'desk', password: PASSWORD }));
    const second = await secondProcess(database());
    const two = await startServices(database(), { database: second.database, clock: one.clock });

    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        (i % 2 === 0 ? one : two).get(ManagerLogin).authenticate({
          user: `ACME\\guess${i}`,
          password: plainSecret(`wrong ${i}`),
          certificate: undefined,
          clientAddress: '192.0.2.1',
          correlationId: `r-${i}`,
        }),
      ),
    );

    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(one.hasher.evaluatedForNobody.length + two.hasher.evaluatedForNobody.length).toBe(5);
    await Promise.all([one.close(), two.close()]);
    await second.stop();
  });
});
