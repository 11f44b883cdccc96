import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { StepOutcome } from '../../../src/core/requests/password-step.js';
import { eachPool } from '../../support/each-pool.js';
import { describeOnPostgres, type TestDatabase } from '../../support/test-database.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { CLIENT, NEW_PASSWORD, OLD_PASSWORD, type ResetWorld, secretOf, startResetWorld } from './reset-world.js';

const WRONG = 'not the password 3';
const SETTING = 'pwreset_require_old_password';

function withWorld(database: () => TestDatabase): () => ResetWorld {
  let world: ResetWorld;

  beforeEach(async () => {
    world = await startResetWorld(database());
    await world.services.set(SETTING, true);
  });

  afterEach(async () => {
    await world.close();
    await database().clear();
  });

  return () => world;
}

describe('the old password before a new one', () => {
  eachPool((database) => {
    const world = withWorld(database);

    const prove = (session: string, password = OLD_PASSWORD): Promise<StepOutcome> =>
      world().pages.proveOldPassword(session, plainSecret(password), CLIENT);
    const states = async (): Promise<string[]> => (await world().requests()).map(({ state }) => state);

    it('is asked for, judged by the directory, and asked for no more', async () => {
      const session = await world().opened();
      expect(await world().pages.form(session)).toEqual({ owed: 'password' });
      expect(await world().pages.oldPassword(session)).toEqual({
        login: 'jane',
        displayName: 'Jane Doe',
        domainName: 'ACME',
      });
      expect(await prove(session, WRONG)).toEqual({ kind: 'wrong', left: 4 });
      expect(await prove(session)).toEqual({ kind: 'passed' });
      expect(await world().pages.oldPassword(session)).toBe('not-owed');
      expect(await prove(session, WRONG)).toEqual({ kind: 'passed' });
      expect(await world().pages.form(session)).toMatchObject({ login: 'jane' });
      expect(await world().submit(session)).toMatchObject({ kind: 'done' });
      expect(await world().hasPassword(NEW_PASSWORD)).toBe(true);
      expect(await world().events()).toEqual([
        'password-reset.created',
        'password-reset.opened',
        'password-reset.attempt-refused',
        'password-reset.step-passed',
        'password-reset.completed',
      ]);
      expect((await world().services.audit('password-reset.attempt-refused'))[0]).toMatchObject({
        outcome: 'refused',
        code: 'credentials-invalid',
        actor: 'person',
        clientAddress: '192.0.2.9',
        correlationId: 'r-9',
        domain: 'ACME',
        target: 'cn=jane,dc=ACME',
        detail: { at: 'password' },
      });
    });

    it('is not asked for where nobody switched it on', async () => {
      await world().services.set(SETTING, false, world().domain);
      const session = await world().opened();
      expect(await world().pages.oldPassword(session)).toBe('not-owed');
      expect(await world().submit(session)).toMatchObject({ kind: 'done' });
    });

    it('attack 4: keeps a new password out until it is proved', async () => {
      const session = await world().opened();
      expect(await world().submit(session)).toEqual({ kind: 'step-owed', owed: 'password' });
      await prove(session, WRONG);
      expect(await world().submit(session)).toEqual({ kind: 'step-owed', owed: 'password' });
      expect(await world().hasPassword(OLD_PASSWORD)).toBe(true);
    });

    it.each([
      ['was on when the link was opened', true, false],
      ['is on when the new password comes', false, true],
    ])('attack 4: is owed when the setting %s', async (_, atOpening, atSubmission) => {
      await world().services.set(SETTING, atOpening);
      const session = await world().opened();
      await world().services.set(SETTING, atSubmission);
      expect(await world().submit(session)).toEqual({ kind: 'step-owed', owed: 'password' });
      expect(await prove(session)).toEqual({ kind: 'passed' });
      expect(await world().submit(session)).toMatchObject({ kind: 'done' });
    });

    it('attack 5: is not proved by nothing, nor by what no password can be', async () => {
      const session = await world().opened();
      for (const odd of ['', ' ', '\0', `${OLD_PASSWORD}\0`, '\ud800'])
        expect((await prove(session, odd)).kind).not.toBe('passed');
      expect(await world().hasPassword(OLD_PASSWORD)).toBe(true);
    });

    it('attack 8: is proved for the request at hand only', async () => {
      await world().services.factory.person(world().domain, { login: 'john', password: OLD_PASSWORD });
      const [hers, his] = [await world().opened(), await world().opened({ username: 'john' })];
      expect(await prove(hers)).toEqual({ kind: 'passed' });
      expect(await world().submit(his)).toEqual({ kind: 'step-owed', owed: 'password' });
    });

    it('five wrong ones lock the request, and the neutral page is all there is then', async () => {
      await world().services.set('lock_after', 100);
      const session = await world().opened();
      const outcomes: StepOutcome[] = [];
      for (let guess = 0; guess < 5; guess++) outcomes.push(await prove(session, `${WRONG}${guess}`));
      expect(outcomes).toEqual([
        { kind: 'wrong', left: 4 },
        { kind: 'wrong', left: 3 },
        { kind: 'wrong', left: 2 },
        { kind: 'wrong', left: 1 },
        { kind: 'ended' },
      ]);
      expect(await states()).toEqual(['locked']);
      expect(await prove(session)).toEqual({ kind: 'ended' });
      expect(await world().pages.form(session)).toBeUndefined();
      expect(await world().submit(session)).toEqual({ kind: 'session-ended' });
      expect((await world().services.audit('password-reset.locked'))[0]).toMatchObject({ code: 'too-many-attempts' });
    });

    it('attack 27: has ten wrong tries in an hour, over however many links', async () => {
      await world().services.set('lock_after', 100);
      await world().services.set('link_sends_per_person_per_hour', 100);
      const kinds: string[] = [];
      for (let link = 0; link < 4; link++) {
        const session = await world().opened();
        for (let guess = 0; guess < 4; guess++) kinds.push((await prove(session, `${WRONG}${guess}`)).kind);
      }
      expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(10);
      const session = await world().opened();
      expect(await prove(session)).toMatchObject({
        kind: 'refused',
        problem: { code: 'too-many-attempts', params: { retryAfter: 3_600 } },
      });
      expect(await states()).toEqual([...Array.from({ length: 4 }, () => 'cancelled'), 'opened']);
      world().services.clock.advance(3_600);
      expect(await prove(await world().opened())).toEqual({ kind: 'passed' });
    });

    it('is right although it must be changed', async () => {
      await world().services.database.query('UPDATE builtin_people SET must_change_password = true');
      expect(await prove(await world().opened())).toEqual({ kind: 'passed' });
    });

    describe('in a directory that says more', () => {
      const remote = () => world().services.directory;
      const says = (code: 'password-expired' | 'account-locked' | 'account-disabled' | 'account-expired') => {
        remote().verifyPassword = () => Promise.resolve({ ok: false, code });
      };
      const openedThere = () => world().opened({ domain: 'CORP' });

      it('is right although it has expired', async () => {
        const session = await openedThere();
        says('password-expired');
        expect(await prove(session)).toEqual({ kind: 'passed' });
        expect(await world().submit(session)).toMatchObject({ kind: 'done' });
      });

      it.each(['account-locked', 'account-disabled', 'account-expired'] as const)(
        'is not judged, and no wrong try, when the answer is %s',
        async (code) => {
          const session = await openedThere();
          says(code);
          for (let guess = 0; guess < 12; guess++)
            expect(await prove(session)).toMatchObject({ kind: 'refused', problem: { code } });
          expect(await world().requests()).toMatchObject([{ state: 'opened', attempts: 0, passedSteps: [] }]);
        },
      );

      it('waits for a directory that is away, and the session with it', async () => {
        const session = await openedThere();
        remote().before = (step) => {
          if (step === 'verifyPassword') throw new DomainError('directory-unavailable');
        };
        for (let guess = 0; guess < 12; guess++)
          await expect(prove(session)).rejects.toMatchObject({ code: 'directory-unavailable' });
        remote().before = () => undefined;
        expect(await prove(session)).toEqual({ kind: 'passed' });
      });

      it('attack 17: is worth nothing once another password was set meanwhile', async () => {
        const session = await openedThere();
        expect(await prove(session)).toEqual({ kind: 'passed' });
        await world().services.database.query('UPDATE accounts SET credential_generation = credential_generation + 1');
        expect(await world().submit(session)).toEqual({ kind: 'session-ended' });
      });
    });

    it('attack 42: leaves nothing readable of what was typed', async () => {
      const session = await world().opened();
      await prove(session, WRONG);
      await prove(session);
      for (const table of ['one_time_requests', 'audit_events', 'throttle_counters', 'accounts']) {
        const rows = JSON.stringify(await world().services.database.query(`SELECT * FROM ${table}`));
        expect([table, rows.includes(WRONG), rows.includes(OLD_PASSWORD)]).toEqual([table, false, false]);
      }
    });
  });
});

describeOnPostgres('the old password at the same moment', (database) => {
  const world = withWorld(database);

  /** Opens a link of the person in the directory outside, and counts how often that is asked. */
  async function opened(): Promise<{ session: string; judged: () => number }> {
    const session = await world().pages.open(secretOf(await world().send({ domain: 'CORP' })), CLIENT);
    let judged = 0;
    world().services.directory.before = (step) => {
      if (step === 'verifyPassword') judged++;
    };
    return { session: session ?? '', judged: () => judged };
  }

  const prove = (session: string, password: string) =>
    world().pages.proveOldPassword(session, plainSecret(password), CLIENT);

  it('attack 26: is looked at five times for 200 wrong ones, and the request is locked once', async () => {
    const { session, judged } = await opened();
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => prove(session, `${WRONG}${i}`)));
    expect(judged()).toBeLessThanOrEqual(5);
    expect(outcomes.filter(({ kind }) => kind === 'wrong').length).toBeLessThanOrEqual(4);
    expect(outcomes.filter(({ kind }) => kind === 'passed')).toEqual([]);
    expect(await world().requests()).toMatchObject([{ state: 'locked', passedSteps: [] }]);
    expect(await world().services.audit('password-reset.locked')).toHaveLength(1);
    expect(await prove(session, OLD_PASSWORD)).toEqual({ kind: 'ended' });
  });

  it('is passed by a button pressed three times, and then sets one password', async () => {
    const { session } = await opened();
    const outcomes = await Promise.all([1, 2, 3].map(() => prove(session, OLD_PASSWORD)));
    expect(outcomes.every(({ kind }) => kind === 'passed')).toBe(true);
    expect(await world().requests()).toMatchObject([{ attempts: 0, passedSteps: ['password'] }]);
  });

  it('attack 4: keeps 50 new passwords out that come with the wrong ones', async () => {
    const { session } = await opened();
    const everything = Array.from({ length: 50 }, (_, i) => [prove(session, `${WRONG}${i}`), world().submit(session)]);
    await Promise.all(everything.flat());
    expect(world().services.directory.passwords).toEqual([]);
  });
});
