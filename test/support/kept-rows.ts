import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TableClearing } from './clear-tables.js';

/**
 * The rows of all tables as they were at one moment, kept in a schema of their own beside the tables, and put back by one
 * statement. Ids and hashes are those of that moment; times that equal it become the time of putting back, as though
 * everything had been written then.
 */
export class KeptRows {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly schema: string,
  ) {}

  /** @param at the time at which the rows were written, by the clock of the test */
  static async keep(dataSource: DataSource, at: Date): Promise<KeptRows> {
    const schema = `kept_${randomUUID().replaceAll('-', '')}`;
    await new TableClearing(dataSource).prepare();
    const tables: { name: string; columns: string; values: string }[] = await dataSource.query(
      `SELECT quote_ident(table_name) AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns,
              string_agg(
                CASE WHEN data_type LIKE 'timestamp%'
                     THEN format('CASE WHEN %1$I = %2$L THEN begun ELSE %1$I END', column_name, $1::timestamptz)
                     ELSE quote_ident(column_name) END, ', ' ORDER BY ordinal_position) AS values
       FROM information_schema.columns JOIN pg_tables ON tablename = table_name AND schemaname = table_schema
       WHERE table_schema = 'public' AND table_name <> 'migrations' AND is_generated = 'NEVER'
       GROUP BY table_name`,
      [at],
    );
    const filled: typeof tables = [];
    for (const table of tables) {
      const found: object[] = await dataSource.query(`SELECT FROM ${table.name} LIMIT 1`);
      if (found.length > 0) filled.push(table);
    }
    const sequences: { name: string; last: string | null }[] = await dataSource.query(
      `SELECT quote_literal(quote_ident(sequencename)) AS name, last_value AS last FROM pg_sequences
       WHERE schemaname = 'public' AND last_value IS NOT NULL`,
    );
    await dataSource.query(`
      CREATE SCHEMA ${schema};
      ${filled.map(({ name }) => `CREATE UNLOGGED TABLE ${schema}.${name} AS TABLE public.${name};`).join('\n')}
      CREATE FUNCTION ${schema}.put_back(begun timestamptz) RETURNS void LANGUAGE plpgsql AS $put_back$
      DECLARE reached bigint := (SELECT revision FROM public.server_configuration);
      BEGIN
        PERFORM public.clear_tables();
        DELETE FROM public.server_configuration;
        SET LOCAL session_replication_role = replica;
        ${filled
          .map(
            ({ name, columns, values }) =>
              `INSERT INTO public.${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM ${schema}.${name};`,
          )
          .join('\n')}
        ${sequences.map(({ name, last }) => `PERFORM setval(${name}, ${last});`).join('\n')}
        -- Processes tell by the revision that the configuration is another one.
        UPDATE public.server_configuration SET revision = greatest(revision, reached) + 1;
      END $put_back$`);
    return new KeptRows(dataSource, schema);
  }

  async putBack(at: Date): Promise<void> {
    await this.dataSource.query(`SELECT ${this.schema}.put_back($1)`, [at]);
  }
}
