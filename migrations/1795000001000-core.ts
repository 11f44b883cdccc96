import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Configuration, domains, administrators, audit and throttling: what every feature stands on. */
export class Core1795000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE server_configuration (
        id integer NOT NULL,
        public_url text,
        default_domain text,
        revision bigint NOT NULL DEFAULT 0,
        CONSTRAINT server_configuration_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`INSERT INTO server_configuration (id) VALUES (1)`);

    await runner.query(`
      CREATE TABLE domains (
        id uuid NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        directory text NOT NULL,
        blocked boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        CONSTRAINT domains_pkey PRIMARY KEY (id),
        CONSTRAINT domains_name_key UNIQUE (name_key)
      )`);

    await runner.query(`
      CREATE TABLE settings (
        scope text NOT NULL,
        name text NOT NULL,
        value jsonb NOT NULL,
        CONSTRAINT settings_pkey PRIMARY KEY (scope, name)
      )`);

    await runner.query(`
      CREATE TABLE declared_objects (
        kind text NOT NULL,
        name text NOT NULL,
        position integer NOT NULL,
        spec jsonb NOT NULL,
        secrets jsonb NOT NULL DEFAULT '{}',
        updated_at timestamptz NOT NULL,
        CONSTRAINT declared_objects_pkey PRIMARY KEY (kind, name)
      )`);

    await runner.query(`
      CREATE TABLE administrators (
        domain_id uuid NOT NULL,
        login_key text NOT NULL,
        login text NOT NULL,
        role text NOT NULL,
        account_id uuid,
        certificates jsonb NOT NULL DEFAULT '[]',
        CONSTRAINT administrators_pkey PRIMARY KEY (domain_id, login_key)
      )`);

    await runner.query(`
      CREATE TABLE audit_events (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        at timestamptz NOT NULL,
        event text NOT NULL,
        outcome text NOT NULL,
        code text,
        actor text NOT NULL,
        client_address text,
        domain text,
        account_id uuid,
        target text,
        request_id uuid,
        correlation_id text,
        detail jsonb,
        CONSTRAINT audit_events_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX audit_events_at ON audit_events (at)`);
    await runner.query(`CREATE INDEX audit_events_account_at ON audit_events (account_id, at)`);

    await runner.query(`
      CREATE TABLE throttle_counters (
        key text NOT NULL,
        count integer NOT NULL,
        ends_at timestamptz NOT NULL,
        CONSTRAINT throttle_counters_pkey PRIMARY KEY (key)
      )`);
    await runner.query(`CREATE INDEX throttle_counters_ends_at ON throttle_counters (ends_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'throttle_counters',
      'audit_events',
      'administrators',
      'declared_objects',
      'settings',
      'domains',
      'server_configuration',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
