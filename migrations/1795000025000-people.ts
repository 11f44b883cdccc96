import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Profiles are every feature's; and when a person logged on for the first time. */
export class People1795000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE iam_profiles RENAME TO profiles`);
    await runner.query(`ALTER TABLE profiles RENAME CONSTRAINT iam_profiles_pkey TO profiles_pkey`);

    await runner.query(`ALTER TABLE accounts ADD COLUMN first_logon_at timestamptz`);
    // The first one that was written down.
    await runner.query(`UPDATE accounts SET first_logon_at = last_logon_at WHERE last_logon_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts DROP COLUMN first_logon_at`);
    await runner.query(`ALTER TABLE profiles RENAME CONSTRAINT profiles_pkey TO iam_profiles_pkey`);
    await runner.query(`ALTER TABLE profiles RENAME TO iam_profiles`);
  }
}
