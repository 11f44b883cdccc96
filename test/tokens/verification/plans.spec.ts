import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

/** Enough that reading a table through is never the cheapest. */
const PEOPLE = 20_000;

/** As many people as it takes for plans to matter, each with account, token and counter. */
const FILL = `
  WITH person AS MATERIALIZED (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${PEOPLE}) AS n),
  known AS (
    INSERT INTO builtin_people (id, domain_id, login, login_key, display_name, created_at)
    SELECT id, $1, 'filler' || n, 'filler' || n, 'Filler', now() FROM person),
  account AS (
    INSERT INTO accounts (id, domain_id, directory_key, login, created_at)
    SELECT id, $1, id::text, 'filler' || n, now() FROM person),
  counter AS (
    INSERT INTO authenticator_counters (account_id, authenticator, failures, last_failed_at)
    SELECT id, 'OTP', 0, now() FROM person),
  block AS (INSERT INTO account_blocks (account_id, created_by, created_at) SELECT id, 'filler', now() FROM person),
  token AS (
    INSERT INTO tokens (id, serial, kind, product, state, created_at)
    SELECT id, 'F' || n, 'TOTP', 'LK/TOTP', '{}', now() FROM person)
  INSERT INTO token_assignments (id, token_id, account_id, slot, created_at, updated_at)
  SELECT id, id, id, 'Token1', now(), now() FROM person`;

describeOnPostgres(
  'plans of the statements of a verification',
  (database) => {
    let world: TokenWorld;
    beforeEach(async () => {
      world = await tokenWorld(database());
    });
    afterEach(() => world.close());

    async function verifyOnce(): Promise<void> {
      const { account } = await world.services.get(People).byLogin(world.domain, 'jane');
      const rules = tokenRules(await world.services.get(Configuration).snapshot(), world.domain.id);
      const attempt = { accountId: account.id, authenticator: 'OTP', rules, context: world.jane.context } as const;
      const verify = (code: string) => world.services.get(Passcodes).verify({ ...attempt, typed: plainSecret(code) });
      expect(word(await verify(world.tokens.code()))).toBe('ok');
      expect(word(await verify('000000'))).toBe('passcode-wrong');
    }

    it('are made for any number of rows, so that one is kept for all', async () => {
      await world.tokens.totp(world.jane.found.account);
      for (let turn = 0; turn < 8; turn++) {
        await verifyOnce();
        world.services.clock.advance(60);
      }
      const plans = await world.services.database.query<{ custom: number; generic: number }>(
        `SELECT custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements
         WHERE name LIKE 'latchkey\\_%'`,
      );
      const used = plans.filter(({ custom, generic }) => custom + generic >= 8);
      expect(used.length).toBeGreaterThanOrEqual(4);
      for (const { custom } of used) expect(custom).toBeLessThanOrEqual(5);
    });

    it('read no table through, whatever the parameters', async () => {
      await world.tokens.totp(world.jane.found.account);
      await world.services.database.query(FILL, [world.domain.id]);
      await world.services.database.query('ANALYZE');
      await verifyOnce();
      const { database: asked } = world.services;
      await asked.query('SET plan_cache_mode = force_generic_plan');
      const prepared = await asked.query<{ name: string; parameters: number }>(
        `SELECT name, cardinality(parameter_types) AS parameters FROM pg_prepared_statements
         WHERE name LIKE 'latchkey\\_%'`,
      );
      // Look-up of a person and of an account, count and read, settle, record.
      expect(prepared).toHaveLength(5);
      for (const { name, parameters } of prepared) {
        const nothing = Array<string>(parameters).fill('NULL').join(', ');
        const plan = await asked.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE ${name}(${nothing})`);
        expect(plan.map((line) => line['QUERY PLAN']).filter((line) => line.includes('Seq Scan'))).toEqual([]);
      }
      await asked.query('RESET plan_cache_mode');
    });
  },
  { poolSize: 1 },
);
