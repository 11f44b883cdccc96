import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a push device asks its person for before an approval (authentication methods, section 6.11). */
export class LocalAuthentication1795000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE push_requests ADD COLUMN local_auth text NOT NULL DEFAULT 'NONE'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE push_requests DROP COLUMN local_auth`);
  }
}
