import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages on their way out, and the mailbox of the embedded mode. */
export class Delivery1795000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messages (
        id uuid NOT NULL,
        channel text NOT NULL,
        purpose text NOT NULL,
        language text,
        recipient text NOT NULL,
        content text,
        domain_id uuid NOT NULL,
        account_id uuid,
        request_id uuid,
        state text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        last_attempt_at timestamptz,
        reason_category text,
        reason text,
        sender text,
        provider_id text,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        CONSTRAINT messages_pkey PRIMARY KEY (id)
      )`);
    await runner.query(
      `CREATE INDEX messages_pending ON messages (next_attempt_at) WHERE state IN ('queued', 'sending')`,
    );
    await runner.query(`CREATE INDEX messages_request ON messages (request_id)`);
    await runner.query(`CREATE INDEX messages_created_at ON messages (created_at)`);

    await runner.query(`
      CREATE TABLE mailbox_messages (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        channel text NOT NULL,
        recipient text NOT NULL,
        subject text,
        text text NOT NULL,
        html text,
        sent_at timestamptz NOT NULL,
        CONSTRAINT mailbox_messages_pkey PRIMARY KEY (id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE mailbox_messages`);
    await runner.query(`DROP TABLE messages`);
  }
}
