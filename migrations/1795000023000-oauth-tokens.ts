import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens and used nonces of OAuth 1.0a. */
export class OAuthTokens1795000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE oauth_request_tokens (
        id uuid NOT NULL,
        token_digest text NOT NULL,
        secret text NOT NULL,
        consumer text NOT NULL,
        consumer_secret_digest text NOT NULL,
        callback text,
        account_id uuid,
        credential_generation integer,
        verifier_digest text,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT oauth_request_tokens_pkey PRIMARY KEY (id),
        CONSTRAINT oauth_request_tokens_token_digest UNIQUE (token_digest)
      )`);
    await runner.query(`CREATE INDEX oauth_request_tokens_expires_at ON oauth_request_tokens (expires_at)`);

    await runner.query(`
      CREATE TABLE oauth_access_tokens (
        id uuid NOT NULL,
        token_digest text NOT NULL,
        secret text NOT NULL,
        consumer text NOT NULL,
        consumer_secret_digest text NOT NULL,
        account_id uuid NOT NULL,
        domain_id uuid NOT NULL,
        credential_generation integer NOT NULL,
        origin text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT oauth_access_tokens_pkey PRIMARY KEY (id),
        CONSTRAINT oauth_access_tokens_token_digest UNIQUE (token_digest)
      )`);
    await runner.query(`CREATE INDEX oauth_access_tokens_account ON oauth_access_tokens (account_id)`);
    await runner.query(`CREATE INDEX oauth_access_tokens_expires_at ON oauth_access_tokens (expires_at)`);

    await runner.query(`
      CREATE TABLE oauth_nonces (
        key text NOT NULL,
        forget_at timestamptz NOT NULL,
        CONSTRAINT oauth_nonces_pkey PRIMARY KEY (key)
      )`);
    await runner.query(`CREATE INDEX oauth_nonces_forget_at ON oauth_nonces (forget_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE oauth_nonces`);
    await runner.query(`DROP TABLE oauth_access_tokens`);
    await runner.query(`DROP TABLE oauth_request_tokens`);
  }
}
