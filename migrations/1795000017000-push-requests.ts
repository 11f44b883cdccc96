import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions to push devices, and what the devices themselves leave with the server. */
export class PushRequests1795000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_requests (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        token_id uuid,
        application text NOT NULL,
        remote_address text,
        number text,
        session text,
        state text NOT NULL DEFAULT 'open',
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        delivered_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        answered_at timestamptz,
        answered_by uuid,
        CONSTRAINT push_requests_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE UNIQUE INDEX push_requests_open ON push_requests (account_id) WHERE state = 'open'`);
    await runner.query(`CREATE INDEX push_requests_account ON push_requests (account_id, created_at)`);
    await runner.query(`CREATE INDEX push_requests_session ON push_requests (session) WHERE state = 'open'`);
    await runner.query(`CREATE INDEX push_requests_expires ON push_requests (expires_at)`);

    await runner.query(`
      CREATE TABLE push_subscriptions (
        token_id uuid NOT NULL,
        subscription_sealed text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT push_subscriptions_pkey PRIMARY KEY (token_id)
      )`);

    await runner.query(`
      CREATE TABLE push_nonces (
        nonce text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT push_nonces_pkey PRIMARY KEY (nonce)
      )`);
    await runner.query(`CREATE INDEX push_nonces_expires ON push_nonces (expires_at)`);

    await runner.query(`
      CREATE TABLE push_activations (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        code_digest text NOT NULL,
        pin_digest text,
        state text NOT NULL DEFAULT 'waiting',
        actor text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        CONSTRAINT push_activations_pkey PRIMARY KEY (id),
        CONSTRAINT push_activations_code UNIQUE (code_digest)
      )`);
    await runner.query(`CREATE INDEX push_activations_expires ON push_activations (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE push_activations`);
    await runner.query(`DROP TABLE push_nonces`);
    await runner.query(`DROP TABLE push_subscriptions`);
    await runner.query(`DROP TABLE push_requests`);
  }
}
