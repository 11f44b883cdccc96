import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People whose authenticators an administrator has blocked. */
export class AccountBlocks1795000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account_blocks (
        account_id uuid NOT NULL,
        until timestamptz,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT account_blocks_pkey PRIMARY KEY (account_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE account_blocks`);
  }
}
