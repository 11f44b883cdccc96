import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Tx } from '../../../src/core/database/database.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { AttemptRepository } from '../../../src/tokens/verification/attempt.repository.js';
import { Attempts } from '../../../src/tokens/verification/attempts.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { eachPool } from '../../support/each-pool.js';
import type { EnrolmentHolder } from '../../../src/tokens/enrolment/enrolment-holder.js';
import { enrolmentHolder } from '../../support/enrolment-holder.js';
import { type SecondProcess, secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { tally, type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

const WRONG = '000000';

/** What the person types, and which of the processes is asked. */
interface Typed {
  readonly code: string;
  readonly services?: Services;
  readonly clientAddress?: string;
}

/** `ok`, or why not; the message of an error. */
async function outcome(
  world: TokenWorld,
  { found, context }: EnrolmentHolder,
  { code, services = world.services, clientAddress = '192.0.2.1' }: Typed,
): Promise<string> {
  const rules = tokenRules(await services.get(Configuration).snapshot(), found.domain.id);
  const attempt = { accountId: found.account.id, authenticator: 'OTP', rules } as const;
  return services
    .get(Passcodes)
    .verify({ ...attempt, typed: plainSecret(code), context: { ...context, clientAddress } })
    .then(word, (error: unknown) => `error: ${(error as Error).message}`);
}

/** People with a time-based token each. */
async function crowd(world: TokenWorld, size: number): Promise<EnrolmentHolder[]> {
  const people: EnrolmentHolder[] = [];
  for (let n = 0; n < size; n++) {
    const person = await enrolmentHolder(world.services, world.domain, { login: `person${n}` });
    await world.tokens.totp(person.found.account);
    people.push(person);
  }
  return people;
}

describe('verifications at the same time', () => {
  eachPool((database) => {
    let world: TokenWorld;
    beforeEach(async () => {
      world = await tokenWorld(database());
    });
    afterEach(() => world.close());

    it('each get their own outcome', async () => {
      const [right, wrong, replayed, locked, disabled, twice] = (await crowd(world, 6)) as [
        EnrolmentHolder,
        EnrolmentHolder,
        EnrolmentHolder,
        EnrolmentHolder,
        EnrolmentHolder,
        EnrolmentHolder,
      ];
      const code = world.tokens.code();
      await outcome(world, replayed, { code });
      for (let failure = 0; failure < 5; failure++) await outcome(world, locked, { code: WRONG });
      await world.services.database.query(`UPDATE token_assignments SET status = 'DISABLED' WHERE account_id = $1`, [
        disabled.found.account.id,
      ]);
      const outcomes = await Promise.all([
        outcome(world, right, { code }),
        outcome(world, wrong, { code: WRONG }),
        outcome(world, replayed, { code }),
        outcome(world, locked, { code }),
        outcome(world, disabled, { code }),
        outcome(world, twice, { code }),
        outcome(world, twice, { code }),
        outcome(world, world.jane, { code }),
      ]);
      expect(outcomes.slice(0, 5)).toEqual([
        'ok',
        'passcode-wrong',
        'passcode-replayed',
        'authenticator-locked',
        'no-usable-token',
      ]);
      expect(tally(outcomes.slice(5))).toEqual({ ok: 1, 'passcode-replayed': 1, 'no-usable-token': 1 });
    });

    it('are written down each with its own person, token and address', async () => {
      const people = await crowd(world, 20);
      const code = world.tokens.code();
      const addressOf = (n: number) => `198.51.100.${n}`;
      expect(
        tally(
          await Promise.all(people.map((person, n) => outcome(world, person, { code, clientAddress: addressOf(n) }))),
        ),
      ).toEqual({ ok: 20 });
      const recorded = await world.services.audit('authenticator.verified');
      for (const [n, { found }] of people.entries()) {
        const [token] = await world.services.database.query<{ serial: string }>(
          'SELECT serial FROM tokens t JOIN token_assignments a ON a.token_id = t.id WHERE a.account_id = $1',
          [found.account.id],
        );
        expect(recorded.filter(({ accountId }) => accountId === found.account.id)).toEqual([
          expect.objectContaining({
            clientAddress: addressOf(n),
            outcome: 'success',
            detail: { authenticator: 'OTP', serial: token?.serial },
          }),
        ]);
      }
    });

    it('of one person with two tokens do not come in each other’s way', async () => {
      const { account } = world.jane.found;
      await world.tokens.totp(account);
      await world.tokens.hotp(account);
      const outcomes = await Promise.all([
        outcome(world, world.jane, { code: world.tokens.code() }),
        outcome(world, world.jane, { code: world.tokens.codeAt(0) }),
      ]);
      expect(outcomes).toEqual(['ok', 'ok']);
      const counters = await world.services.database.query<{ failures: number }>(
        'SELECT failures FROM authenticator_counters',
      );
      expect(counters).toEqual([{ failures: 0 }]);
    });

    it('attack 23: of 200 identical codes at once one is right, also among those of others', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const people = await crowd(world, 10);
      const code = world.tokens.code();
      const [attacked, ...others] = people as [EnrolmentHolder, ...EnrolmentHolder[]];
      const rivals = Array.from({ length: 200 }, () => outcome(world, attacked, { code }));
      const neighbours = others.map((person) => outcome(world, person, { code }));
      const outcomes = await Promise.all(rivals);
      expect(outcomes.filter((each) => each === 'ok')).toHaveLength(1);
      expect(Object.keys(tally(outcomes)).toSorted()).toEqual(['authenticator-locked', 'ok', 'passcode-replayed']);
      expect(tally(await Promise.all(neighbours))).toEqual({ ok: 9 });
    });

    it('attack 26: of 200 wrong codes at once at most five are examined, of every person', async () => {
      const people = await crowd(world, 4);
      const attempts = people.flatMap((person) => Array.from({ length: 50 }, () => person));
      const outcomes = await Promise.all(attempts.map((person) => outcome(world, person, { code: WRONG })));
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 20, 'authenticator-locked': 180 });
    });

    it('attack 27: are counted together whatever token is meant', async () => {
      const { account } = world.jane.found;
      const held = [
        await world.tokens.totp(account),
        await world.tokens.totp(account),
        await world.tokens.hotp(account),
      ];
      const rules = tokenRules(await world.services.get(Configuration).snapshot(), world.domain.id);
      const begun = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          world.services.get(Attempts).begin({
            accountId: account.id,
            authenticator: 'OTP',
            kinds: ['TOTP', 'HOTP'],
            tokenId: held[n % 3]?.token.id,
            rules,
            context: world.jane.context,
          }),
        ),
      );
      expect(begun.filter(({ locked }) => !locked)).toHaveLength(5);
      for (const [n, { tokens }] of begun.entries()) {
        expect(tokens.map(({ tokenId }) => tokenId)).toEqual([held[n % 3]?.token.id]);
      }
    });

    it('do not fail with a neighbour that fails, neither when they are counted nor when they are settled', async () => {
      const people = await crowd(world, 5);
      const code = world.tokens.code();
      const [bad, ...others] = people as [EnrolmentHolder, ...EnrolmentHolder[]];
      const now = world.services.clock.now();
      const counted = world.services
        .get(AttemptRepository)
        .begin({
          accountId: 'no-uuid',
          authenticator: 'OTP',
          kinds: ['TOTP'],
          tokenId: undefined,
          now,
          limit: 5,
          unlockedBefore: undefined,
        })
        .catch((error: unknown) => `error: ${(error as Error).message}`);
      const outcomes = await Promise.all([
        outcome(world, bad, { code, clientAddress: '\0' }),
        ...others.map((person) => outcome(world, person, { code })),
      ]);
      expect(await counted).toMatch(/^error: invalid input syntax for type uuid/);
      expect(outcomes[0]).toMatch(/^error: invalid byte sequence/);
      expect(outcomes.slice(1)).toEqual(others.map(() => 'ok'));
      // What failed has used nothing up.
      expect(await outcome(world, bad, { code })).toBe('ok');
    });
  });

  describeOnPostgres('in two processes', (database) => {
    let world: TokenWorld;
    let second: SecondProcess;
    let other: Services;

    beforeEach(async () => {
      world = await tokenWorld(database());
      second = await secondProcess(database());
      other = await startServices(database(), { clock: world.services.clock, database: second.database });
    });
    afterEach(async () => {
      await other.close();
      await second.stop();
      await world.close();
    });

    const deadlocks = async (): Promise<number> => {
      const [row] = await world.services.database.query<{ deadlocks: number }>(
        'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
      );
      return row?.deadlocks ?? 0;
    };

    it('attack 23: the same codes in both, forwards and backwards, are right once each', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const people = await crowd(world, 32);
      const before = await deadlocks();
      for (let round = 0; round < 10; round++) {
        const code = world.tokens.code();
        const [forwards, backwards, again] = (await Promise.all(
          [world.services, other, other].map((services, turn) => {
            const asked = turn === 1 ? people.toReversed() : people;
            return Promise.all(asked.map((person) => outcome(world, person, { code, services })));
          }),
        )) as [string[], string[], string[]];
        const ofEach = people.map((_, n) => tally([forwards[n], backwards.at(-1 - n), again[n]].map(String)));
        expect(ofEach).toEqual(people.map(() => ({ ok: 1, 'passcode-replayed': 2 })));
        world.services.clock.advance(30);
      }
      expect(await deadlocks()).toBe(before);
      expect(await world.services.audit('authenticator.verified')).toHaveLength(10 * people.length);
    });

    it('attack 23: of 200 identical codes in both one is right', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await world.tokens.totp(world.jane.found.account);
      const code = world.tokens.code();
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          outcome(world, world.jane, { code, services: n % 2 === 0 ? other : world.services }),
        ),
      );
      expect(outcomes.filter((each) => each === 'ok')).toHaveLength(1);
      expect(outcomes.filter((each) => each.startsWith('error'))).toEqual([]);
    });

    it('attack 26: of 200 wrong codes in both at most five are examined', async () => {
      await world.tokens.totp(world.jane.found.account);
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          outcome(world, world.jane, { code: WRONG, services: n % 2 === 0 ? other : world.services }),
        ),
      );
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 5, 'authenticator-locked': 195 });
    });

    it.each([
      [
        'token',
        'SELECT FROM tokens WHERE id IN (SELECT token_id FROM token_assignments WHERE account_id = $1) FOR UPDATE',
      ],
      ['counter', 'SELECT FROM authenticator_counters WHERE account_id = $1 FOR UPDATE'],
    ])('wait for who holds their %s, and keep nobody else waiting', async (_what, hold) => {
      const [held, ...others] = (await crowd(world, 9)) as [EnrolmentHolder, ...EnrolmentHolder[]];
      await outcome(world, held, { code: WRONG });
      const code = world.tokens.code();
      let waiting: Promise<string> | undefined;
      await second.database.transaction(async (tx: Tx) => {
        await tx.query(hold, [held.found.account.id]);
        waiting = outcome(world, held, { code });
        const outcomes = await Promise.all(others.map((person) => outcome(world, person, { code })));
        expect(tally(outcomes)).toEqual({ ok: 8 });
        expect(await Promise.race([waiting, Promise.resolve('waiting')])).toBe('waiting');
      });
      expect(await waiting).toBe('ok');
    });

    it('all fail when their connection is lost, and go on with another', async () => {
      const people = await crowd(world, 8);
      const code = world.tokens.code();
      const verifyAll = () => Promise.all(people.map((person) => outcome(world, person, { code, services: other })));
      await world.run(async (tx) => {
        await tx.query('LOCK TABLE authenticator_counters');
        const state = { over: false };
        const outcomes = verifyAll().finally(() => {
          state.over = true;
        });
        while (!state.over) {
          await tx.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
        }
        expect(tally(await outcomes)).toEqual({ 'error: database-unavailable': people.length });
      });
      expect(tally(await verifyAll())).toEqual({ ok: people.length });
    });
  });
});
