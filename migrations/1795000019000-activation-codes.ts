import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes that activate tokens and let them be downloaded, and which tokens were. */
export class ActivationCodes1795000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE activation_codes (
        id uuid NOT NULL,
        assignment_id uuid NOT NULL,
        purpose text NOT NULL,
        digest text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        attempt_limit integer NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        to_be_sent boolean NOT NULL DEFAULT false,
        CONSTRAINT activation_codes_pkey PRIMARY KEY (id),
        CONSTRAINT activation_codes_one UNIQUE (assignment_id, purpose)
      )`);
    await runner.query(`CREATE INDEX activation_codes_expires ON activation_codes (expires_at)`);
    await runner.query(`CREATE INDEX activation_codes_unsent ON activation_codes (created_at) WHERE to_be_sent`);
    // Never written: a code is a row of its own now.
    await runner.query(
      `ALTER TABLE token_assignments DROP COLUMN activation_digest, DROP COLUMN activation_expires_at`,
    );
    await runner.query(`ALTER TABLE tokens ADD COLUMN confined_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tokens DROP COLUMN confined_at`);
    await runner.query(
      `ALTER TABLE token_assignments ADD COLUMN activation_digest text, ADD COLUMN activation_expires_at timestamptz`,
    );
    await runner.query(`DROP TABLE activation_codes`);
  }
}
