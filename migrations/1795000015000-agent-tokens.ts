import type { MigrationInterface, QueryRunner } from 'typeorm';

/** OAuth 2.0 access tokens of agents. */
export class AgentTokens1795000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent_tokens (
        token_digest text NOT NULL,
        agent text NOT NULL,
        secret_digest text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT agent_tokens_pkey PRIMARY KEY (token_digest)
      )`);
    await runner.query(`CREATE INDEX agent_tokens_expires_at ON agent_tokens (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE agent_tokens`);
  }
}
