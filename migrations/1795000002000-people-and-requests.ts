import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, the built-in directory and one-time requests. */
export class PeopleAndRequests1795000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        id uuid NOT NULL,
        domain_id uuid NOT NULL,
        directory_key text NOT NULL,
        login text NOT NULL,
        state text NOT NULL DEFAULT 'active',
        credential_generation integer NOT NULL DEFAULT 0,
        contact_digest text,
        created_at timestamptz NOT NULL,
        CONSTRAINT accounts_pkey PRIMARY KEY (id),
        CONSTRAINT accounts_domain_directory_key UNIQUE (domain_id, directory_key)
      )`);

    await runner.query(`
      CREATE TABLE builtin_people (
        id uuid NOT NULL,
        domain_id uuid NOT NULL,
        login text NOT NULL,
        login_key text NOT NULL,
        display_name text NOT NULL,
        first_name text,
        last_name text,
        mail text,
        mobile text,
        language text,
        password_hash text,
        password_changed_at timestamptz,
        must_change_password boolean NOT NULL DEFAULT false,
        disabled boolean NOT NULL DEFAULT false,
        failed_logins integer NOT NULL DEFAULT 0,
        locked_at timestamptz,
        attributes jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        CONSTRAINT builtin_people_pkey PRIMARY KEY (id),
        CONSTRAINT builtin_people_domain_login UNIQUE (domain_id, login_key)
      )`);

    await runner.query(`
      CREATE TABLE builtin_password_history (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        person_id uuid NOT NULL,
        password_hash text NOT NULL,
        replaced_at timestamptz NOT NULL,
        CONSTRAINT builtin_password_history_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX builtin_password_history_person ON builtin_password_history (person_id, id)`);

    await runner.query(`
      CREATE TABLE one_time_requests (
        id uuid NOT NULL,
        number bigserial NOT NULL,
        purpose text NOT NULL,
        state text NOT NULL,
        domain_id uuid NOT NULL,
        account_id uuid,
        login text NOT NULL,
        link_digest text,
        receipt_digest text,
        receipt_opens boolean NOT NULL DEFAULT false,
        pin_digest text,
        pin_expires_at timestamptz,
        pin_attempts integer NOT NULL DEFAULT 0,
        pin_attempt_limit integer,
        attempts integer NOT NULL DEFAULT 0,
        attempt_limit integer NOT NULL,
        delivery_method text NOT NULL,
        second_factor boolean NOT NULL DEFAULT false,
        comments text,
        payload jsonb NOT NULL DEFAULT '{}',
        credential_generation integer NOT NULL DEFAULT 0,
        password_changed_at timestamptz,
        created_by text NOT NULL,
        created_by_account_id uuid,
        created_address text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        sent_at timestamptz,
        opened_at timestamptz,
        opened_address text,
        page_session_digest text,
        page_session_seen_at timestamptz,
        claimed_at timestamptz,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT one_time_requests_pkey PRIMARY KEY (id),
        CONSTRAINT one_time_requests_number UNIQUE (number),
        CONSTRAINT one_time_requests_link_digest UNIQUE (link_digest),
        CONSTRAINT one_time_requests_page_session_digest UNIQUE (page_session_digest)
      )`);
    await runner.query(`CREATE INDEX one_time_requests_account ON one_time_requests (account_id, state)`);
    await runner.query(
      `CREATE INDEX one_time_requests_due ON one_time_requests (expires_at) WHERE state IN ('created', 'sent', 'undelivered')`,
    );
    await runner.query(
      `CREATE INDEX one_time_requests_idle ON one_time_requests (page_session_seen_at) WHERE state = 'opened'`,
    );
    await runner.query(
      `CREATE INDEX one_time_requests_ended ON one_time_requests (ended_at) WHERE ended_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['one_time_requests', 'builtin_password_history', 'builtin_people', 'accounts']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
