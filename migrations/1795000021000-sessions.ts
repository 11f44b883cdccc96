import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions of people who logged in, work that goes on after an answer, and what directories have no place for. */
export class Sessions1795000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sessions (
        id uuid NOT NULL,
        secret_digest text NOT NULL,
        kind text NOT NULL,
        account_id uuid NOT NULL,
        domain_id uuid NOT NULL,
        credential_generation integer NOT NULL,
        client_address text NOT NULL,
        client_name text,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        idle_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT sessions_pkey PRIMARY KEY (id),
        CONSTRAINT sessions_secret_digest UNIQUE (secret_digest)
      )`);
    await runner.query(`CREATE INDEX sessions_account ON sessions (account_id)`);
    await runner.query(`CREATE INDEX sessions_expires ON sessions (expires_at)`);

    await runner.query(`
      CREATE TABLE iam_orders (
        id uuid NOT NULL,
        kind text NOT NULL,
        content text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        CONSTRAINT iam_orders_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX iam_orders_due ON iam_orders (due_at)`);

    await runner.query(`
      CREATE TABLE iam_profiles (
        account_id uuid NOT NULL,
        profile jsonb NOT NULL,
        CONSTRAINT iam_profiles_pkey PRIMARY KEY (account_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE iam_profiles`);
    await runner.query(`DROP TABLE iam_orders`);
    await runner.query(`DROP TABLE sessions`);
  }
}
