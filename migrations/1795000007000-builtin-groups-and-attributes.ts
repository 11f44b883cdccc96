import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups of the built-in directory, further attributes of its people, and their look-up by mail address. */
export class BuiltinGroupsAndAttributes1795000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE builtin_people ADD COLUMN ldap_attributes jsonb NOT NULL DEFAULT '{}'`);
    await runner.query(`CREATE INDEX builtin_people_mail ON builtin_people (domain_id, lower(mail))`);

    await runner.query(`
      CREATE TABLE builtin_groups (
        id uuid NOT NULL,
        domain_id uuid NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        description text,
        created_at timestamptz NOT NULL,
        CONSTRAINT builtin_groups_pkey PRIMARY KEY (id),
        CONSTRAINT builtin_groups_domain_name UNIQUE (domain_id, name_key)
      )`);

    await runner.query(`
      CREATE TABLE builtin_group_members (
        group_id uuid NOT NULL,
        person_id uuid NOT NULL,
        CONSTRAINT builtin_group_members_pkey PRIMARY KEY (group_id, person_id)
      )`);
    await runner.query(`CREATE INDEX builtin_group_members_person ON builtin_group_members (person_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE builtin_group_members');
    await runner.query('DROP TABLE builtin_groups');
    await runner.query('DROP INDEX builtin_people_mail');
    await runner.query('ALTER TABLE builtin_people DROP COLUMN ldap_attributes');
  }
}
