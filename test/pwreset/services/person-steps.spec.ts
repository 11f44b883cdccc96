import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { People } from '../../../src/core/directory/people.js';
import { passwordPolicy } from '../../../src/core/directory/password-policy.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import { eachPool } from '../../support/each-pool.js';
import { CLIENT, NEW_PASSWORD, OLD_PASSWORD, type ResetWorld, secretOf, startResetWorld } from './reset-world.js';

const RIVALS = Array.from({ length: 50 }, (_, i) => i);

describe('the person who follows a link', () => {
  eachPool((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    const change = (sql: string) =>
      world.services.database.query(`UPDATE builtin_people SET ${sql} WHERE id = $1`, [world.jane.id]);

    it('looks, opens, sees the rules, sets a password and is told so', async () => {
      const link = secretOf(await world.send());
      const session = await world.pages.open(link, CLIENT);
      expect(await world.pages.form(session ?? '')).toEqual({
        login: 'jane',
        displayName: 'Jane Doe',
        domainName: 'ACME',
        rules: { minLength: 8, maxLength: 256, classes: 3, passphraseLength: 20, notName: true, notCommon: true },
      });
      expect(await world.submit(session ?? '')).toEqual({ kind: 'done', domainName: 'ACME', stillLocked: false });
      expect(await world.hasPassword(NEW_PASSWORD)).toBe(true);
      const [request] = await world.requests();
      expect(request).toMatchObject({ state: 'completed', openedAddress: '192.0.2.9', pageSessionDigest: null });
      expect(await world.services.outbox.messages()).toEqual([
        {
          channel: 'MAIL',
          purpose: 'password-changed',
          to: 'jane@example.test',
          language: 'fr',
          variables: {
            USERNAME: 'jane',
            DOMAIN: 'ACME',
            FULLNAME: 'Jane Doe',
            TIME: world.services.clock.now().toISOString(),
            ADDRESS: '192.0.2.9',
          },
          domainId: world.domain.id,
          accountId: request?.accountId,
          requestId: request?.id,
        },
      ]);
      expect(await world.events()).toEqual([
        'password-reset.created',
        'password-reset.opened',
        'password-reset.completed',
      ]);
      expect((await world.services.audit()).at(-1)).toMatchObject({
        outcome: 'success',
        actor: 'person',
        clientAddress: '192.0.2.9',
        correlationId: 'r-9',
        target: 'cn=jane,dc=ACME',
        requestId: request?.id,
      });
    });

    it('leaves no password and no secret readable in any table', async () => {
      const link = secretOf(await world.send());
      const session = await world.pages.open(link, CLIENT);
      await world.submit(session ?? '', 'jane is in it 1');
      await world.submit(session ?? '');
      const tables = await world.services.database.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
      );
      for (const { name } of tables) {
        const rows = JSON.stringify(await world.services.database.query(`SELECT * FROM ${name}`));
        for (const secret of [link, session ?? '?', OLD_PASSWORD, NEW_PASSWORD, 'jane is in it 1']) {
          expect([name, rows.includes(secret)]).toEqual([name, false]);
        }
      }
    });

    it('gets the notice by SMS without a mail address, and none without either', async () => {
      const session = await world.opened();
      await change('mail = NULL');
      // Another address ends the session; a link made for the address of today works.
      expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      await world.submit(await world.opened());
      expect(await world.services.outbox.messages()).toMatchObject([{ channel: 'SMS', to: '+35226000001' }]);
      await change('mobile = NULL');
      expect(await world.submit(await world.opened(), 'another horse 3 C')).toMatchObject({ kind: 'done' });
      expect(await world.services.outbox.messages()).toHaveLength(1);
    });

    describe('a link', () => {
      it('attack 11: opens exactly once for 50 at the same moment', async () => {
        const link = secretOf(await world.send());
        const sessions = await Promise.all(RIVALS.map(() => world.pages.open(link, CLIENT)));
        const won = sessions.filter((session) => session !== undefined);
        expect(won).toHaveLength(1);
        expect(await world.pages.form(won[0] ?? '')).toBeDefined();
        expect(await world.services.audit('password-reset.opened')).toHaveLength(1);
      });

      it('attack 8: sets the password of nobody but the person it was made for', async () => {
        const john = await world.services.factory.person(world.domain, { login: 'john', password: OLD_PASSWORD });
        const hers = await world.opened({ username: 'jane' });
        const his = await world.opened({ username: 'john' });
        expect([await world.pages.form(hers), await world.pages.form(his)]).toMatchObject([
          { login: 'jane' },
          { login: 'john' },
        ]);
        await world.submit(his);
        expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
        const changed = await world.services.database.query<{ id: string }>(
          'SELECT id FROM builtin_people WHERE password_hash <> $1',
          [john.passwordHash],
        );
        expect(changed).toEqual([{ id: john.id }]);
      });

      it('attack 13: may be looked at a hundred times before the person opens it', async () => {
        const link = secretOf(await world.send());
        await Promise.all(Array.from({ length: 100 }, () => world.pages.landing(link)));
        expect(await world.pages.open(link, CLIENT)).toBeDefined();
      });

      it('attack 38: is dead at its deadline at every step, without the expiry job', async () => {
        const link = secretOf(await world.send({ expires: 1 }));
        world.services.clock.advance(3_600);
        expect(await world.pages.landing(link)).toBeUndefined();
        expect(await world.pages.open(link, CLIENT)).toBeUndefined();
        expect(await world.requests()).toMatchObject([{ state: 'sent' }]);
      });

      it('attack 10: is no page session, and a page session no link', async () => {
        const link = secretOf(await world.send());
        expect(await world.pages.form(link)).toBeUndefined();
        expect(await world.submit(link)).toEqual({ kind: 'session-ended' });
        const session = await world.pages.open(link, CLIENT);
        expect(await world.pages.landing(session ?? '')).toBeUndefined();
        expect(await world.pages.open(session ?? '', CLIENT)).toBeUndefined();
        expect(await world.pages.form(link)).toBeUndefined();
      });

      it.each(['', 'x', '\0', '../..', '%00', 'A'.repeat(43), 'ä'.repeat(43), 'A'.repeat(10_000)])(
        'that is %j is not valid anywhere',
        async (secret) => {
          expect(await world.pages.landing(secret)).toBeUndefined();
          expect(await world.pages.open(secret, CLIENT)).toBeUndefined();
          expect(await world.pages.form(secret)).toBeUndefined();
          expect(await world.submit(secret)).toEqual({ kind: 'session-ended' });
        },
      );
    });

    describe('a page session', () => {
      it('attack 38: ends when it is idle, without the expiry job', async () => {
        const session = await world.opened();
        world.services.clock.advance(14 * 60);
        expect(await world.pages.form(session)).toBeDefined();
        world.services.clock.advance(15 * 60);
        expect(await world.pages.form(session)).toBeUndefined();
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
        expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
      });

      it.each([
        ['is disabled', 'disabled = true'],
        ['has another mail address', `mail = 'other@example.test'`],
        ['has another number', `mobile = '+352999'`],
      ])('attack 12: ends when the person %s', async (_, sql) => {
        const session = await world.opened();
        await change(sql);
        expect(await world.pages.form(session)).toBeUndefined();
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
        expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
      });

      it('attack 19: ends when the person is deleted, also when somebody gets their name', async () => {
        const session = await world.opened();
        await world.services.database.query('DELETE FROM builtin_people');
        const other = await world.services.factory.person(world.domain, { login: 'jane', password: 'theirs 1 A' });
        expect(await world.pages.form(session)).toBeUndefined();
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
        expect(await world.services.database.query('SELECT password_hash FROM builtin_people')).toEqual([
          { password_hash: other.passwordHash },
        ]);
      });

      it('ends for good when the account is deactivated', async () => {
        const session = await world.opened();
        await world.services.database.query(`UPDATE accounts SET state = 'deactivated'`);
        expect(await world.pages.form(session)).toBeUndefined();
        expect(await world.requests()).toMatchObject([{ state: 'cancelled', endReason: 'account-closed' }]);
        await world.services.database.query(`UPDATE accounts SET state = 'active'`);
        expect(await world.pages.form(session)).toBeUndefined();
      });

      it('ends when the domain is blocked', async () => {
        const session = await world.opened();
        await world.services.database.query('UPDATE domains SET blocked = true');
        await world.services.configure({});
        expect(await world.pages.form(session)).toBeUndefined();
      });

      it('attack 12: ends when a newer link is made', async () => {
        const session = await world.opened();
        await world.send();
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
        expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
      });
    });

    describe('a new password', () => {
      it('attack 11: is set by exactly one of 50 submissions with different ones', async () => {
        const session = await world.opened();
        const results = await Promise.all(RIVALS.map((i) => world.submit(session, `parallel horse ${i} B`)));
        const winners = RIVALS.filter((i) => results[i]?.kind === 'done');
        expect(winners).toHaveLength(1);
        expect(await world.hasPassword(`parallel horse ${winners[0]} B`)).toBe(true);
        expect(await world.services.outbox.messages()).toHaveLength(1);
        expect(await world.services.audit('password-reset.completed')).toHaveLength(1);
        expect(await world.requests()).toMatchObject([{ state: 'completed' }]);
      });

      it('attack 11: is set once in another directory too', async () => {
        const session = await world.opened({ domain: 'CORP' });
        const results = await Promise.all(RIVALS.map((i) => world.submit(session, `parallel horse ${i} B`)));
        const winners = RIVALS.filter((i) => results[i]?.kind === 'done');
        expect(winners).toHaveLength(1);
        expect(world.services.directory.passwords).toEqual([`parallel horse ${winners[0]} B`]);
        expect(await world.services.outbox.messages()).toHaveLength(1);
        expect(await world.services.audit('password-reset.completed')).toHaveLength(1);
      });

      it('sent twice is being saved while the first one is under way, and the session over when it is done', async () => {
        const session = await world.opened({ domain: 'CORP' });
        const { promise: started, resolve: start } = Promise.withResolvers<void>();
        const { promise: wait, resolve: goOn } = Promise.withResolvers<void>();
        world.services.directory.before = async (step) => {
          if (step !== 'setPassword') return;
          start();
          await wait;
        };
        const first = world.submit(session);
        await started;
        expect(await world.submit(session)).toEqual({
          kind: 'refused',
          problems: [{ code: 'change-in-progress', params: {} }],
        });
        goOn();
        expect((await first).kind).toBe('done');
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      });

      it('attack 17: ends every other link and session of the person, also those of the same second', async () => {
        const session = await world.opened();
        const stale = (await world.requests())[0];
        await world.submit(session);
        // A link that slipped in with the old generation, as if it had been made at the very same moment.
        const link = secretOf(await world.send());
        await world.services.database.query(
          `UPDATE one_time_requests SET credential_generation = $1 WHERE state <> 'completed'`,
          [stale?.credentialGeneration],
        );
        expect(await world.pages.landing(link)).toBeUndefined();
        expect(await world.pages.open(link, CLIENT)).toBeUndefined();
        expect((await world.requests())[1]).toMatchObject({ state: 'cancelled', endReason: 'password-changed' });
        expect(await world.pages.landing(secretOf(await world.send()))).toBeDefined();
      });

      it('attack 17: ends what is outstanding of other kinds for the person, and for nobody else', async () => {
        const john = await world.services.factory.person(world.domain, { login: 'john' });
        const accounts = await Promise.all(
          [world.jane, john].map(({ login }) => world.services.get(People).byLogin(world.domain, login)),
        );
        const enrol = { name: 'token-enrolment', attemptLimit: 5, supersedes: 'account' as const };
        for (const { account } of accounts) {
          await world.services.database.transaction((tx) =>
            world.services.get(OneTimeRequests).create(tx, {
              purpose: enrol,
              domain: world.domain,
              account,
              login: account.login,
              creator: { label: 'ACME\\desk', accountId: null, address: null },
              validSeconds: 3_600,
              deliveryMethod: 'NONE',
            }),
          );
        }
        await world.submit(await world.opened());
        expect(await world.requests()).toMatchObject([
          { login: 'jane', state: 'cancelled', endReason: 'password-changed', linkDigest: null },
          { login: 'john', state: 'sent' },
          { login: 'jane', state: 'completed' },
        ]);
        expect(await world.services.audit('token-enrolment.cancelled')).toHaveLength(1);
      });

      it('attack 17: ends a session whose password was set by another way a moment ago', async () => {
        const session = await world.opened();
        await world.services.database.query('UPDATE accounts SET credential_generation = credential_generation + 1');
        expect(await world.pages.form(session)).toBeUndefined();
        expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
        expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
      });

      it.each(['opening the link', 'submitting'])(
        'attack 17: notices a password that was set by another way in the middle of %s',
        async (step) => {
          const link = secretOf(await world.send({ domain: 'CORP' }));
          const session = step === 'submitting' ? await world.pages.open(link, CLIENT) : undefined;
          let asked = 0;
          world.services.directory.before = async (what) => {
            // The directory is asked after the first look at the generation and before anything is written.
            if (what !== 'findByKey' || ++asked > 1) return;
            await world.services.database.query(
              'UPDATE accounts SET credential_generation = credential_generation + 1',
            );
          };
          const result = session ? await world.submit(session) : await world.pages.open(link, CLIENT);
          expect([undefined, { kind: 'session-ended' }]).toContainEqual(result);
          expect(world.services.directory.passwords).toEqual([]);
          expect(await world.services.audit('password-reset.completed')).toEqual([]);
        },
      );

      it.each([
        ['short1A', ['password-too-short']],
        ['all lower case', ['password-too-simple']],
        ['Jane has 1 secret', ['password-contains-name']],
        ['', ['password-too-short', 'password-too-simple']],
        ['x'.repeat(257), ['password-too-long']],
        ['nul \0 byte 1 A', ['password-refused']],
        ['lone \ud800 surrogate 1 A', ['password-refused']],
      ])('%j is refused by our own rules, and the session goes on', async (password, codes) => {
        const session = await world.opened();
        const result = await world.submit(session, password);
        expect(result.kind === 'refused' && result.problems.map(({ code }) => code)).toEqual(codes);
        expect((await world.submit(session)).kind).toBe('done');
      });

      it('must be typed twice alike', async () => {
        const session = await world.opened();
        const result = await world.pages.submit(session, NEW_PASSWORD, `${NEW_PASSWORD} `, CLIENT);
        expect(result).toEqual({ kind: 'refused', problems: [{ code: 'password-mismatch', params: {} }] });
      });

      it('must not be one of the last ones where the policy says so', async () => {
        await world.services.set(passwordPolicy.name, { history: 2 }, world.domain);
        expect((await world.submit(await world.opened(), OLD_PASSWORD)).kind).toBe('refused');
        expect((await world.submit(await world.opened())).kind).toBe('done');
        const session = await world.opened();
        expect(await world.submit(session, OLD_PASSWORD)).toMatchObject({
          kind: 'refused',
          problems: [{ code: 'password-in-history', params: { count: 2 } }],
        });
        expect(await world.services.audit('password-reset.password-refused')).toMatchObject([
          { outcome: 'refused', code: 'password-in-history', requestId: (await world.requests())[0]?.id },
          { code: 'password-in-history' },
        ]);
        expect((await world.submit(session, 'third horse 3 C')).kind).toBe('done');
        expect((await world.submit(await world.opened(), OLD_PASSWORD)).kind).toBe('done');
      });

      it('follows no rule of ours where the directory decides alone', async () => {
        await world.services.set(passwordPolicy.name, 'directory');
        world.services.directory.rules = { minLength: 3 };
        const session = await world.opened({ domain: 'CORP' });
        expect(await world.pages.form(session)).toMatchObject({ rules: { minLength: 3 } });
        expect(await world.submit(session, '')).toMatchObject({ problems: [{ code: 'password-too-short' }] });
        expect((await world.submit(session, 'abc')).kind).toBe('done');
      });
    });

    describe('who is locked', () => {
      beforeEach(() => change(`locked_at = '2026-08-03T08:59:00Z', failed_logins = 5`));

      it('is unlocked by a new password', async () => {
        expect(await world.submit(await world.opened())).toMatchObject({ kind: 'done', stillLocked: false });
        expect(await world.services.database.query('SELECT locked_at, failed_logins FROM builtin_people')).toEqual([
          { locked_at: null, failed_logins: 0 },
        ]);
      });

      it('stays locked where the help desk unlocks', async () => {
        await world.services.set('pwreset_unlocks', false, world.domain);
        expect(await world.submit(await world.opened())).toMatchObject({ kind: 'done', stillLocked: true });
        const [row] = await world.services.database.query<{ locked_at: Date }>('SELECT locked_at FROM builtin_people');
        expect(row?.locked_at).not.toBeNull();
        expect(await world.hasPassword(NEW_PASSWORD)).toBe(true);
      });
    });
  });
});
