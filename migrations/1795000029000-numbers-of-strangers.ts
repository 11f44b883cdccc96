import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers of the requests that strangers make, from a sequence of their own: in the one for all, what goes on for people
 * who exist would show as a gap. They begin where the other one never comes, and fit 32 bits for a billion requests.
 */
export class NumbersOfStrangers1795000029000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SEQUENCE stranger_request_numbers AS bigint START WITH 1000000000`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SEQUENCE stranger_request_numbers`);
  }
}
