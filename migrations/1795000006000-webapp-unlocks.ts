import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Web applications that a help desk has opened to a person for a while. */
export class WebappUnlocks1795000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webapp_unlocks (
        account_id uuid NOT NULL,
        webapp text NOT NULL,
        expires_at timestamptz NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT webapp_unlocks_pkey PRIMARY KEY (account_id, webapp)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webapp_unlocks`);
  }
}
