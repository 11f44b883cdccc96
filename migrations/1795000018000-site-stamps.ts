import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks that people have chosen, for sites to show them before they type a password. */
export class SiteStamps1795000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE site_stamps (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        name text NOT NULL,
        text text,
        image bytea,
        application_id text,
        created_at timestamptz NOT NULL,
        CONSTRAINT site_stamps_pkey PRIMARY KEY (id),
        CONSTRAINT site_stamps_name UNIQUE (account_id, name)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE site_stamps`);
  }
}
