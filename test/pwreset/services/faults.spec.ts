import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, type Tx } from '../../../src/core/database/database.js';
import { DomainError, type DomainErrorCode } from '../../../src/core/errors/domain-error.js';
import { RequestExpiry } from '../../../src/core/requests/request-expiry.js';
import { eachPool } from '../../support/each-pool.js';
import { NEW_PASSWORD, OLD_PASSWORD, type ResetWorld, startResetWorld } from './reset-world.js';

/** A database whose transactions fail while it is broken, before they do anything. */
function breakable(database: Database): Database & { broken: () => boolean } {
  return Object.assign(Object.create(database) as Database & { broken: () => boolean }, {
    broken: () => false,
    async transaction<T>(this: { broken: () => boolean }, work: (tx: Tx) => Promise<T>): Promise<T> {
      if (this.broken()) throw new DomainError('database-unavailable');
      return database.transaction(work);
    },
  });
}

describe('a password change that meets a fault', () => {
  eachPool((database) => {
    let world: ResetWorld;
    let unit: ReturnType<typeof breakable>;

    beforeEach(async () => {
      unit = breakable(database().database);
      world = await startResetWorld(database(), { database: unit });
    });

    afterEach(async () => {
      unit.broken = () => false;
      await world.close();
      await database().clear();
    });

    function failAt(failing: string, code: DomainErrorCode): void {
      world.services.directory.before = (step) => {
        if (step === failing) throw new DomainError(code);
      };
    }

    function repair(): void {
      world.services.directory.before = () => undefined;
      unit.broken = () => false;
    }

    const remotePassword = () => world.services.directory.people.get(world.remoteJane.key)?.password;

    it.each(['findByKey', 'setPassword'])(
      'attack 54: changes nothing when the directory is down at %s, and goes on when it is back',
      async (step) => {
        const session = await world.opened({ domain: 'CORP' });
        failAt(step, 'directory-unavailable');
        await expect(world.submit(session)).rejects.toMatchObject({ code: 'directory-unavailable' });
        expect(remotePassword()).toBe(OLD_PASSWORD);
        expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: null }]);
        expect(await world.services.outbox.messages()).toEqual([]);
        repair();
        expect((await world.submit(session)).kind).toBe('done');
        expect(remotePassword()).toBe(NEW_PASSWORD);
      },
    );

    it('attack 54: says at which step the directory was down', async () => {
      const session = await world.opened({ domain: 'CORP' });
      failAt('setPassword', 'directory-unavailable');
      await expect(world.submit(session)).rejects.toThrow('directory-unavailable');
      expect((await world.services.audit()).at(-1)).toMatchObject({
        event: 'password-reset.password-refused',
        outcome: 'failed',
        code: 'directory-unavailable',
        target: world.remoteJane.dn,
        detail: { directory: 'openldap' },
      });
    });

    it.each([
      'password-in-history',
      'password-too-young',
      'password-refused',
      'password-change-forbidden',
      'account-disabled',
    ] as const)('attack 54: agrees in page, state and audit when the directory refuses with %s', async (code) => {
      const session = await world.opened({ domain: 'CORP' });
      failAt('setPassword', code);
      expect(await world.submit(session)).toMatchObject({ kind: 'refused', problems: [{ code }] });
      expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: null }]);
      expect((await world.services.audit()).at(-1)).toMatchObject({ outcome: 'refused', code });
      repair();
      expect((await world.submit(session)).kind).toBe('done');
      expect(await world.events()).toEqual([
        'password-reset.created',
        'password-reset.opened',
        'password-reset.password-refused',
        'password-reset.completed',
      ]);
    });

    it('attack 54: is not completed when the database fails after the directory has taken the password', async () => {
      const session = await world.opened({ domain: 'CORP' });
      // The claim is the first transaction, the completion the second; giving the claim back would be the third.
      let transactions = 0;
      unit.broken = () => (transactions += 1) > 1;
      await expect(world.submit(session)).rejects.toMatchObject({ code: 'change-not-completed' });
      expect(remotePassword()).toBe(NEW_PASSWORD);
      repair();
      const [request] = await world.requests();
      expect(request).toMatchObject({ state: 'opened', claimedAt: world.services.clock.now() });
      expect(await world.services.outbox.messages()).toEqual([]);

      world.services.clock.advance(59);
      expect(await world.submit(session, 'another horse 3 C')).toMatchObject({
        problems: [{ code: 'change-in-progress' }],
      });
      world.services.clock.advance(1);
      expect((await world.submit(session, 'another horse 3 C')).kind).toBe('done');
      expect(remotePassword()).toBe('another horse 3 C');
      expect(await world.services.outbox.messages()).toHaveLength(1);
      expect(await world.services.audit('password-reset.completed')).toHaveLength(1);
    });

    it('attack 54: is on its way, and need not be sent again, when only the completion failed', async () => {
      const session = await world.opened({ domain: 'CORP' });
      world.services.outbox.beforeEnqueue = () => {
        throw new Error('no message today');
      };
      await expect(world.submit(session)).rejects.toThrow('no message today');
      expect(remotePassword()).toBe(NEW_PASSWORD);
      expect(await world.requests()).toMatchObject([{ state: 'opened', claimedAt: world.services.clock.now() }]);
      expect((await world.services.audit()).at(-1)).toMatchObject({
        event: 'password-reset.not-completed',
        outcome: 'failed',
        code: 'internal',
        detail: { directory: 'openldap' },
      });
      world.services.outbox.beforeEnqueue = () => undefined;
      expect(await world.submit(session, 'another horse 3 C')).toMatchObject({
        problems: [{ code: 'change-in-progress' }],
      });
      expect(remotePassword()).toBe(NEW_PASSWORD);
    });

    it('attack 54: takes a built-in password back with everything else', async () => {
      const session = await world.opened();
      world.services.outbox.beforeEnqueue = () => {
        throw new Error('no message today');
      };
      await expect(world.submit(session)).rejects.toThrow('no message today');
      expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
      expect(await world.services.database.query('SELECT id FROM builtin_password_history')).toEqual([]);
      expect(await world.services.database.query('SELECT credential_generation AS g FROM accounts')).toEqual([
        { g: 0 },
      ]);
      world.services.outbox.beforeEnqueue = () => undefined;
      expect((await world.submit(session)).kind).toBe('done');
    });

    it('attack 19: ends the session when the person is deleted between question and answer', async () => {
      const session = await world.opened();
      world.services.outbox.beforeEnqueue = () => {
        throw new Error('must not be reached');
      };
      const hash = world.services.hasher.hash.bind(world.services.hasher);
      world.services.hasher.hash = async (password) => {
        await world.services.database.query('DELETE FROM builtin_people');
        return hash(password);
      };
      expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      expect(await world.services.audit('password-reset.completed')).toEqual([]);
      expect((await world.services.audit()).at(-1)).toMatchObject({ code: 'account-not-found', outcome: 'refused' });
    });

    it('hands over to a later submission when it took longer than its claim lasts', async () => {
      const session = await world.opened({ domain: 'CORP' });
      let second: Promise<unknown> | undefined;
      world.services.directory.before = async (step) => {
        if (step !== 'setPassword' || second) return;
        world.services.clock.advance(61);
        second = world.submit(session, 'second horse 3 C');
        await second;
      };
      expect(await world.submit(session, 'first horse 2 B')).toEqual({ kind: 'session-ended' });
      expect(await second).toMatchObject({ kind: 'done' });
      expect(await world.services.audit('password-reset.completed')).toHaveLength(1);
      expect(await world.services.audit('password-reset.not-completed')).toHaveLength(1);
      expect(await world.services.outbox.messages()).toHaveLength(1);
    });

    it('attack 12: ends with the submission when a newer link was made meanwhile', async () => {
      const session = await world.opened({ domain: 'CORP' });
      world.services.directory.before = async (step) => {
        if (step !== 'setPassword') return;
        await world.send({ domain: 'CORP' });
        throw new DomainError('password-refused');
      };
      await world.submit(session);
      repair();
      expect(await world.requests()).toMatchObject([
        { state: 'cancelled', endReason: 'superseded' },
        { state: 'sent' },
      ]);
      expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      expect(remotePassword()).toBe(OLD_PASSWORD);
    });

    it('stands when only the unlocking fails, and says so', async () => {
      world.services.directory.change(world.remoteJane, { locked: true });
      const session = await world.opened({ domain: 'CORP' });
      failAt('unlock', 'directory-rights-missing');
      expect(await world.submit(session)).toMatchObject({ kind: 'done', stillLocked: true });
      expect(remotePassword()).toBe(NEW_PASSWORD);
      expect(await world.services.audit('password-reset.completed')).toHaveLength(1);
    });

    it('leaves the page session alone when the directory is down while the page is shown', async () => {
      const session = await world.opened({ domain: 'CORP' });
      failAt('findByKey', 'directory-unavailable');
      await expect(world.pages.form(session)).rejects.toMatchObject({ code: 'directory-unavailable' });
      failAt('passwordRules', 'directory-unavailable');
      await expect(world.pages.form(session)).rejects.toMatchObject({ code: 'directory-unavailable' });
      repair();
      expect(await world.pages.form(session)).toBeDefined();
    });

    it('is not swept away by the expiry job while it is under way', async () => {
      const session = await world.opened({ domain: 'CORP' });
      world.services.directory.before = async (step) => {
        if (step === 'setPassword') await world.services.get(RequestExpiry).run();
      };
      expect((await world.submit(session)).kind).toBe('done');
    });
  });
});
