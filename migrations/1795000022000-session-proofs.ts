import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the person of a session has proved in it, and when. */
export class SessionProofs1795000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sessions
        ADD COLUMN begun_by text NOT NULL DEFAULT 'password',
        ADD COLUMN password_proved_at timestamptz,
        ADD COLUMN factor_proved_at timestamptz`);
    await runner.query(`ALTER TABLE sessions ALTER COLUMN begun_by DROP DEFAULT`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sessions DROP COLUMN factor_proved_at, DROP COLUMN password_proved_at, DROP COLUMN begun_by`);
  }
}
