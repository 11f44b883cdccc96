import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Steps between opening a request and what it allows, codes that tell how a request ended, requests of nobody yet. */
export class RequestSteps1795000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE one_time_requests
        ADD COLUMN required_steps text[] NOT NULL DEFAULT '{}',
        ADD COLUMN passed_steps text[] NOT NULL DEFAULT '{}',
        ADD COLUMN keeps_codes boolean NOT NULL DEFAULT false,
        ADD COLUMN outlives_credentials boolean NOT NULL DEFAULT false`);
    await runner.query(
      `CREATE INDEX one_time_requests_of_nobody ON one_time_requests (domain_id, login) WHERE account_id IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX one_time_requests_of_nobody`);
    await runner.query(`
      ALTER TABLE one_time_requests
        DROP COLUMN required_steps,
        DROP COLUMN passed_steps,
        DROP COLUMN keeps_codes,
        DROP COLUMN outlives_credentials`);
  }
}
