import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Logons of people to applications, step by step; and when each person logged on last. */
export class LogonSessions1795000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE logon_sessions (
        id uuid NOT NULL,
        secret_digest text NOT NULL,
        agent text NOT NULL,
        application_id text,
        account_id uuid,
        credential_generation integer,
        passed_steps text[] NOT NULL,
        shown text[] NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        completed_at timestamptz,
        created_at timestamptz NOT NULL,
        idle_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT logon_sessions_pkey PRIMARY KEY (id),
        CONSTRAINT logon_sessions_secret UNIQUE (secret_digest)
      )`);
    await runner.query(`CREATE INDEX logon_sessions_expires ON logon_sessions (expires_at)`);
    await runner.query(`CREATE INDEX logon_sessions_account ON logon_sessions (account_id)`);
    await runner.query(`ALTER TABLE accounts ADD COLUMN last_logon_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts DROP COLUMN last_logon_at`);
    await runner.query(`DROP TABLE logon_sessions`);
  }
}
