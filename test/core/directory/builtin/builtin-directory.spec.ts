import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { BuiltinPerson } from '../../../../src/core/directory/builtin/builtin-person.entity.js';
import { Directories } from '../../../../src/core/directory/directories.js';
import type { Directory, Person } from '../../../../src/core/directory/directory.js';
import { passwordPolicy } from '../../../../src/core/directory/password-policy.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { eachPool } from '../../../support/each-pool.js';
import { secondProcess } from '../../../support/second-process.js';
import { type Services, startServices } from '../../../support/services.js';
import { describeOnPostgres } from '../../../support/test-database.js';

const RIGHT = plainSecret('correct horse 1');
const wrong = (i: number | string) => plainSecret(`wrong horse ${i}`);
const WRONG = { ok: false, code: 'credentials-invalid' };
const LOCKED = { ok: false, code: 'account-locked' };

describe('the built-in directory', () => {
  eachPool((database) => {
    let services: Services;
    let domain: Domain;
    let directory: Directory;
    let stored: BuiltinPerson;
    let jane: Person;

    beforeEach(async () => {
      services = await startServices(database());
      domain = await services.domain({ name: 'ACME' });
      directory = await services.get(Directories).for(domain);
      stored = await services.factory.person(domain, { login: 'Jane Doe', password: RIGHT, language: 'de' });
      jane = await found('Jane Doe');
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    async function found(login: string): Promise<Person> {
      const person = await directory.findByLogin(login);
      if (!person) throw new Error(`${login} was not found`);
      return person;
    }

    const change = (sql: string) =>
      services.database.query(`UPDATE builtin_people SET ${sql} WHERE id = $1`, [stored.id]);

    const counters = async () =>
      (
        await services.database.query('SELECT failed_logins, locked_at FROM builtin_people WHERE id = $1', [stored.id])
      )[0];

    /** Guesses wrongly so many times, one after the other. */
    async function guess(times: number): Promise<void> {
      for (let i = 0; i < times; i++) await directory.verifyPassword(jane, wrong(i));
    }

    describe('finds', () => {
      it('a person with everything it knows of them', () => {
        expect(jane).toEqual({
          key: stored.id,
          dn: 'cn=Jane Doe,dc=ACME',
          login: 'Jane Doe',
          displayName: stored.displayName,
          firstName: 'Person',
          lastName: stored.lastName,
          mail: stored.mail,
          mobile: stored.mobile,
          language: 'de',
          disabled: false,
          locked: false,
          expired: false,
          mustChangePassword: false,
          mayChangePassword: true,
          passwordChangedAt: services.clock.now(),
        });
      });

      it.each(['jane doe', 'JANE  DOE', ' Jane\tDoe ', 'Ｊａｎｅ Ｄｏｅ'])(
        'attack 28: the same one as "%s"',
        async (login) => {
          expect((await directory.findByLogin(login))?.key).toBe(stored.id);
        },
      );

      it.each(['%', '_', 'Jane%', 'Jane_Doe', '*', 'Jane*', '.*', "' OR ''='", 'Jane Do', '', '\\', '(cn=*)'])(
        'attack 53: nobody as %j',
        async (login) => {
          expect(await directory.findByLogin(login)).toBeUndefined();
        },
      );

      it.each(['%', '_a', '*', "O'Brien", 'a,b=c+d', ' #"<>;\\', 'ÄÖÜ', '🔑'])(
        'attack 53: exactly the person whose login is %j, by login and by DN',
        async (login) => {
          const odd = await services.factory.person(domain, { login });
          const person = await found(login);
          expect(person.key).toBe(odd.id);
          expect((await directory.findByDn(person.dn))?.key).toBe(odd.id);
        },
      );

      it.each(['ja\0ne', '\0', '\ud800', 'x'.repeat(1_000_000)])(
        'attack 63: nobody under a login that cannot be',
        async (login) => {
          expect(await directory.findByLogin(login)).toBeUndefined();
          expect(await directory.findByKey(login)).toBeUndefined();
          expect(await directory.findByDn(`cn=${login},dc=ACME`)).toBeUndefined();
        },
      );

      it('people of its own domain only', async () => {
        const other = await services.domain({ name: 'OTHER' });
        const elsewhere = await services.get(Directories).for(other);
        expect(await elsewhere.findByLogin('Jane Doe')).toBeUndefined();
        expect(await elsewhere.findByKey(stored.id)).toBeUndefined();
        expect(await elsewhere.findByDn(jane.dn)).toBeUndefined();
      });

      it('a person by key and by DN', async () => {
        expect((await directory.findByKey(stored.id))?.login).toBe('Jane Doe');
        expect((await directory.findByKey(stored.id.toUpperCase()))?.login).toBe('Jane Doe');
        expect((await directory.findByDn('CN=jane doe, DC=acme'))?.login).toBe('Jane Doe');
      });
    });

    describe('checks a password', () => {
      it('and takes the right one only', async () => {
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
        expect(await directory.verifyPassword(jane, wrong(1))).toEqual(WRONG);
      });

      it('attack 50: refuses an empty one before anything is looked at', async () => {
        await change(`password_hash = '${await services.hasher.hash(plainSecret(''))}'`);
        expect(await directory.verifyPassword(jane, plainSecret(''))).toEqual(WRONG);
        expect(await directory.verifyPassword(undefined, plainSecret(''))).toEqual(WRONG);
        expect(services.hasher.evaluated).toEqual([]);
        expect(await counters()).toEqual({ failed_logins: 0, locked_at: null });
      });

      it.each(['', ' ', 'null', 'undefined', '\0'])(
        'attack 47: takes %j for nobody without a password',
        async (guess) => {
          const without = await services.factory.person(domain, { login: 'without' });
          const person = await directory.findByKey(without.id);
          expect(await directory.verifyPassword(person, plainSecret(guess))).toEqual(WRONG);
          expect(await directory.verifyPassword(undefined, plainSecret(guess))).toEqual(WRONG);
        },
      );

      it('takes nothing for a person who is gone', async () => {
        await services.database.query('DELETE FROM builtin_people');
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(WRONG);
      });

      it('tells what stands in the way only to who knows the password', async () => {
        await change('must_change_password = true');
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: false, code: 'password-must-change' });
        expect(await directory.verifyPassword(jane, wrong(1))).toEqual(WRONG);
        await change('disabled = true');
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: false, code: 'account-disabled' });
        expect(await directory.verifyPassword(jane, wrong(1))).toEqual(WRONG);
      });

      it('attack 46: with one hash and one durable write for everybody', async () => {
        const without = await services.factory.person(domain, { login: 'without' });
        const locked = await services.factory.person(domain, {
          login: 'locked',
          password: RIGHT,
          lockedAt: services.clock.now(),
        });
        const disabled = await services.factory.person(domain, { login: 'disabled', password: RIGHT, disabled: true });
        const people = [
          jane,
          await directory.findByKey(without.id),
          await directory.findByKey(locked.id),
          await directory.findByKey(disabled.id),
          undefined,
        ];
        const asked = vi.spyOn(database().dataSource.manager, 'query');
        for (const person of people) {
          asked.mockClear();
          const hashes = services.hasher.evaluated.length + services.hasher.evaluatedForNobody.length;
          await directory.verifyPassword(person, wrong(1));
          const statements = asked.mock.calls.map(([sql]) => sql.trim().slice(0, 6));
          expect(statements.filter((kind) => kind === 'SELECT')).toHaveLength(1);
          expect(services.hasher.evaluated.length + services.hasher.evaluatedForNobody.length - hashes).toBe(1);
          // The statement that counts finds a row, or the one that counts on nobody is made besides.
          expect(['SELECT,UPDATE', 'SELECT,UPDATE,WITH o']).toContain(statements.join(','));
        }
        asked.mockRestore();
      });

      it('attack 46: writes nothing of who was asked for when nobody was found', async () => {
        for (let i = 0; i < 40; i++) await directory.verifyPassword(undefined, wrong('canary-7f3'));
        const rows = await services.database.query<{ key: string }>('SELECT key FROM throttle_counters');
        expect(rows.length).toBeLessThanOrEqual(16);
        expect(JSON.stringify(rows)).not.toContain('canary');
      });
    });

    describe('locks', () => {
      it('at the limit, and looks at no password while it lasts', async () => {
        await guess(4);
        expect((await found('Jane Doe')).locked).toBe(false);
        await guess(1);
        expect((await found('Jane Doe')).locked).toBe(true);
        services.hasher.evaluated.length = 0;
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(LOCKED);
        expect(services.hasher.evaluated).toEqual([]);
      });

      it('attack 29: at 100 failures and not at 99', async () => {
        await services.set('lock_after', 100);
        await change('failed_logins = 98');
        expect(await directory.verifyPassword(jane, wrong(1))).toEqual(WRONG);
        expect(await counters()).toEqual({ failed_logins: 99, locked_at: null });
        await guess(1);
        expect(await counters()).toEqual({ failed_logins: 100, locked_at: services.clock.now() });
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(LOCKED);
      });

      it('not when the last attempt is right, which starts the count anew', async () => {
        await guess(4);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
        expect(await counters()).toEqual({ failed_logins: 0, locked_at: null });
      });

      it('for as long as the setting says, by the clock', async () => {
        await services.set('lock_minutes', 10, domain);
        await guess(5);
        services.clock.advance(599);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(LOCKED);
        expect((await found('Jane Doe')).locked).toBe(true);
        services.clock.advance(1);
        expect((await found('Jane Doe')).locked).toBe(false);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
      });

      it('anew after the full limit once a lock is over', async () => {
        await guess(5);
        services.clock.advance(30 * 60);
        await guess(4);
        expect((await found('Jane Doe')).locked).toBe(false);
        await guess(1);
        expect((await found('Jane Doe')).locked).toBe(true);
      });

      it('is not lengthened by guesses during the lock', async () => {
        await guess(5);
        services.clock.advance(29 * 60);
        await guess(20);
        services.clock.advance(60);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
      });

      it('until unlocked when it is to last', async () => {
        await services.set('lock_minutes', 0);
        await guess(5);
        services.clock.advance(86_400 * 365 * 10);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(LOCKED);
        await directory.unlock(jane);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
      });

      it('never when the limit is off', async () => {
        await services.set('lock_after', 0);
        await guess(50);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
      });

      it('attack 26: looks at no more than the limit of 200 parallel guesses', async () => {
        const results = await Promise.all(
          Array.from({ length: 200 }, (_, i) => directory.verifyPassword(jane, wrong(i))),
        );
        expect(services.hasher.evaluated).toHaveLength(5);
        expect(results.filter((result) => !result.ok && result.code === 'account-locked')).toHaveLength(195);
        expect(services.hasher.evaluatedForNobody).toHaveLength(195);
        expect((await found('Jane Doe')).locked).toBe(true);
      });

      it('attack 26: gives a right guess among 200 parallel ones no better chance than the limit', async () => {
        const guesses = Array.from({ length: 200 }, (_, i) => (i === 150 ? RIGHT : wrong(i)));
        await Promise.all(guesses.map((password) => directory.verifyPassword(jane, password)));
        // Being right clears the count once, so five more at the most.
        expect(services.hasher.evaluated.length).toBeLessThanOrEqual(10);
      });

      it('not a portal that sends the right password in 32 calls at once', async () => {
        const results = await Promise.all(Array.from({ length: 32 }, () => directory.verifyPassword(jane, RIGHT)));
        expect(results.every(({ ok }) => ok)).toBe(true);
        expect(services.hasher.evaluated).toHaveLength(1);
        expect(await counters()).toEqual({ failed_logins: 0, locked_at: null });
      });

      it('counts one wrong guess in 32 calls at once as one', async () => {
        await Promise.all(Array.from({ length: 32 }, () => directory.verifyPassword(jane, wrong(1))));
        expect(await counters()).toMatchObject({ failed_logins: 1 });
      });

      it('attack 31: not for attempts from unfamiliar addresses that the caller has counted', async () => {
        for (let i = 0; i < 20; i++) {
          expect(await directory.verifyPassword(jane, wrong(i), { familiar: false })).toEqual(WRONG);
        }
        expect(await counters()).toEqual({ failed_logins: 0, locked_at: null });
        await guess(4);
        expect(await directory.verifyPassword(jane, wrong(4), { familiar: true })).toEqual(WRONG);
        for (const familiar of [true, false]) {
          expect(await directory.verifyPassword(jane, RIGHT, { familiar })).toEqual(LOCKED);
        }
        services.clock.advance(30 * 60);
        expect(await directory.verifyPassword(jane, RIGHT, { familiar: false })).toEqual({ ok: true });
      });

      it('attack 46: makes one check of 32 calls at once for nobody, too', async () => {
        const calls = Array.from({ length: 32 }, () => directory.verifyPassword(undefined, wrong(1)));
        expect(await Promise.all(calls)).toEqual(calls.map(() => WRONG));
        expect(services.hasher.evaluatedForNobody).toHaveLength(1);
      });
    });

    describe('sets a password', () => {
      const set = async (password: string) => {
        const write = await directory.setPassword(jane, plainSecret(password));
        await services.database.transaction(write);
      };

      it('in the transaction of the caller, and not before', async () => {
        const write = await directory.setPassword(jane, wrong('new'));
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
        const failing = services.database.transaction(async (tx) => {
          await write(tx);
          throw new Error('later step');
        });
        await expect(failing).rejects.toThrow('later step');
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual({ ok: true });
        services.clock.advance(60);
        await services.database.transaction(write);
        expect(await directory.verifyPassword(jane, RIGHT)).toEqual(WRONG);
        expect(await directory.verifyPassword(jane, wrong('new'))).toEqual({ ok: true });
        expect((await found('Jane Doe')).passwordChangedAt).toEqual(services.clock.now());
      });

      it('and clears "must change" and failed attempts, but not a lock', async () => {
        await change('must_change_password = true, failed_logins = 3');
        await set('new horse 1');
        expect(await counters()).toEqual({ failed_logins: 0, locked_at: null });
        expect(await directory.verifyPassword(jane, plainSecret('new horse 1'))).toEqual({ ok: true });
        await guess(5);
        await set('new horse 2');
        expect(await counters()).toMatchObject({ failed_logins: 5, locked_at: services.clock.now() });
      });

      it('keeps no history unless the policy wants one', async () => {
        await set('new horse 1');
        await set(RIGHT);
        expect(await services.database.query('SELECT id FROM builtin_password_history')).toEqual([]);
      });

      it('but none of as many as the policy says, the present one included', async () => {
        await services.set(passwordPolicy.name, { history: 3 }, domain);
        const history = { code: 'password-in-history', params: { count: 3 } };
        await expect(set(RIGHT)).rejects.toMatchObject(history);
        await set('new horse 1');
        await set('new horse 2');
        for (const used of [RIGHT, 'new horse 1', 'new horse 2'])
          await expect(set(used)).rejects.toMatchObject(history);
        await set('new horse 3');
        await set(RIGHT);
        expect(await services.database.query('SELECT id FROM builtin_password_history')).toHaveLength(2);
      });

      it('and shortens the history when the policy asks for less', async () => {
        await services.set(passwordPolicy.name, { history: 10 }, domain);
        for (let i = 0; i < 5; i++) await set(`new horse ${i}`);
        await services.set(passwordPolicy.name, { history: 2 }, domain);
        await set('new horse 0');
        expect(await services.database.query('SELECT id FROM builtin_password_history')).toHaveLength(1);
      });

      it("keeps one person's history apart from another's", async () => {
        await services.set(passwordPolicy.name, { history: 2 }, domain);
        const other = await services.factory.person(domain, { login: 'john', password: 'his horse 1' });
        const john = await found(other.login);
        await set('her horse 2');
        await services.database.transaction(await directory.setPassword(john, plainSecret('her horse 2')));
        await services.database.transaction(await directory.setPassword(john, plainSecret('his horse 3')));
        expect(await directory.verifyPassword(jane, plainSecret('her horse 2'))).toEqual({ ok: true });
      });

      it('for nobody who is disabled, and nobody who is gone', async () => {
        await change('disabled = true');
        await expect(set('new horse 1')).rejects.toMatchObject({ code: 'account-disabled' });
        await change('disabled = false');
        const write = await directory.setPassword(jane, plainSecret('new horse 1'));
        await services.database.query('DELETE FROM builtin_people');
        await expect(services.database.transaction(write)).rejects.toMatchObject({ code: 'account-not-found' });
        await expect(set('new horse 1')).rejects.toMatchObject({ code: 'account-not-found' });
        expect(await services.database.query('SELECT id FROM builtin_password_history')).toEqual([]);
      });

      it('and leaves it readable nowhere', async () => {
        await services.set(passwordPolicy.name, { history: 5 }, domain);
        await set('canary-7f3 A');
        await set('canary-7f4 A');
        for (const table of ['builtin_people', 'builtin_password_history']) {
          expect(JSON.stringify(await services.database.query(`SELECT * FROM ${table}`))).not.toContain('canary');
        }
      });
    });

    it('demands nothing beyond our own policy, is alive with the database, and says what it is', async () => {
      expect(await directory.passwordRules(jane)).toEqual({});
      await directory.probe();
      expect(await directory.examine()).toMatchObject([{ ok: true, subject: 'directory of ACME' }]);
      await directory.close();
    });
  });
});

describeOnPostgres('the built-in directory in two processes', (database) => {
  it('attack 26: looks at no more than the limit of all guesses together', async () => {
    const one = await startServices(database());
    const second = await secondProcess(database());
    const two = await startServices(database(), { database: second.database, clock: one.clock });
    const domain = await one.domain();
    const stored = await one.factory.person(domain, { login: 'jane', password: RIGHT });
    const directories = await Promise.all([one, two].map((process) => process.get(Directories).for(domain)));
    const person = await directories[0]?.findByKey(stored.id);

    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        directories.map((directory) => directory.verifyPassword(person, wrong(i))),
      ).flat(),
    );

    expect(one.hasher.evaluated.length + two.hasher.evaluated.length).toBe(5);
    await Promise.all([one.close(), two.close()]);
    await second.stop();
  });
});
