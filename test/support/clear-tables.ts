import type { DataSource } from 'typeorm';

/**
 * Empties every table, as after the migrations. Waits for what is under way, as TRUNCATE does, which takes many times as
 * long because it gives each table and index a new file.
 */
export class TableClearing {
  private prepared: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  async clear(): Promise<void> {
    await this.prepare();
    await this.dataSource.query('SELECT clear_tables()');
  }

  /** Makes the function `clear_tables()`, once. */
  prepare(): Promise<void> {
    return (this.prepared ??= this.createFunction());
  }

  /** One function with a plan for each table, which the session keeps. */
  private async createFunction(): Promise<void> {
    const tables: { name: string }[] = await this.dataSource.query(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    const sequences: { name: string; start: string }[] = await this.dataSource.query(
      `SELECT quote_literal(quote_ident(sequencename)) AS name, start_value AS start FROM pg_sequences WHERE schemaname = 'public'`,
    );
    const names = tables.map(({ name }) => name);
    await this.dataSource.query(`
      CREATE OR REPLACE FUNCTION clear_tables() RETURNS void LANGUAGE plpgsql AS $clear$
      BEGIN
        LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE;
        SET LOCAL session_replication_role = replica;
        ${names.map((name) => `IF EXISTS (SELECT FROM ${name}) THEN DELETE FROM ${name}; END IF;`).join('\n')}
        ${sequences.map(({ name, start }) => `PERFORM setval(${name}, ${start}, false);`).join('\n')}
        -- The one row that the migrations themselves write.
        INSERT INTO server_configuration (id) VALUES (1);
      END $clear$`);
  }
}
