import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the directory said of the person's password when a request was made. */
export class RequestPasswordTime1795000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE one_time_requests ADD COLUMN password_changed_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE one_time_requests DROP COLUMN password_changed_at');
  }
}
