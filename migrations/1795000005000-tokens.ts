import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens, whose they are, what can be looked up in them, and the questions put to them. */
export class Tokens1795000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tokens (
        id uuid NOT NULL,
        serial text NOT NULL,
        kind text NOT NULL,
        product text NOT NULL,
        status text NOT NULL DEFAULT 'ACTIVE',
        description text,
        secret_sealed text,
        secret_digest text,
        state jsonb NOT NULL DEFAULT '{}',
        counter bigint,
        drift integer NOT NULL DEFAULT 0,
        candidate_counter bigint,
        candidate_at timestamptz,
        passcode_history text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        CONSTRAINT tokens_pkey PRIMARY KEY (id),
        CONSTRAINT tokens_serial UNIQUE (serial)
      )`);
    await runner.query(`CREATE INDEX tokens_product ON tokens (product)`);

    await runner.query(`
      CREATE TABLE token_assignments (
        id uuid NOT NULL,
        token_id uuid NOT NULL,
        account_id uuid NOT NULL,
        slot text,
        name text,
        is_owner boolean NOT NULL DEFAULT true,
        status text NOT NULL DEFAULT 'ACTIVE',
        usage_limit integer NOT NULL DEFAULT 0,
        usage_count integer NOT NULL DEFAULT 0,
        starts timestamptz,
        expires timestamptz,
        priority integer NOT NULL DEFAULT 0,
        pin_digest text,
        last_change_pin timestamptz,
        must_change_pin boolean NOT NULL DEFAULT false,
        pin_never_expires boolean NOT NULL DEFAULT false,
        activation_digest text,
        activation_expires_at timestamptz,
        activation_attempts integer NOT NULL DEFAULT 0,
        request_id uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_used_at timestamptz,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT token_assignments_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX token_assignments_token ON token_assignments (token_id)`);
    await runner.query(
      `CREATE INDEX token_assignments_account ON token_assignments (account_id) WHERE ended_at IS NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX token_assignments_slot ON token_assignments (account_id, slot) WHERE ended_at IS NULL AND slot IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX token_assignments_request ON token_assignments (request_id) WHERE status = 'INACTIVE' AND ended_at IS NULL`,
    );

    await runner.query(`
      CREATE TABLE token_codes (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        token_id uuid NOT NULL,
        position integer NOT NULL,
        label text,
        digest text NOT NULL,
        expires_at timestamptz,
        used_at timestamptz,
        CONSTRAINT token_codes_pkey PRIMARY KEY (id),
        CONSTRAINT token_codes_digest UNIQUE (token_id, digest)
      )`);
    await runner.query(`CREATE INDEX token_codes_unused ON token_codes (token_id, position) WHERE used_at IS NULL`);

    await runner.query(`
      CREATE TABLE token_challenges (
        id uuid NOT NULL,
        number bigserial NOT NULL,
        purpose text NOT NULL,
        scope text NOT NULL,
        account_id uuid NOT NULL,
        token_id uuid,
        bound_to text NOT NULL,
        code text,
        answer_digest text,
        payload jsonb NOT NULL DEFAULT '{}',
        starts timestamptz NOT NULL,
        expires timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        attempt_limit integer NOT NULL,
        consumed_at timestamptz,
        CONSTRAINT token_challenges_pkey PRIMARY KEY (id),
        CONSTRAINT token_challenges_number UNIQUE (number)
      )`);
    await runner.query(`CREATE INDEX token_challenges_account ON token_challenges (account_id, purpose, starts)`);
    await runner.query(
      `CREATE UNIQUE INDEX token_challenges_scope ON token_challenges (purpose, scope) WHERE consumed_at IS NULL`,
    );
    await runner.query(`CREATE INDEX token_challenges_token_code ON token_challenges (token_id, code)`);
    await runner.query(`CREATE INDEX token_challenges_expires ON token_challenges (expires)`);

    await runner.query(`
      CREATE TABLE authenticator_counters (
        account_id uuid NOT NULL,
        authenticator text NOT NULL,
        failures integer NOT NULL,
        last_failed_at timestamptz NOT NULL,
        CONSTRAINT authenticator_counters_pkey PRIMARY KEY (account_id, authenticator)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['authenticator_counters', 'token_challenges', 'token_codes', 'token_assignments', 'tokens']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
