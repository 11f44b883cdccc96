import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { Database } from '../../core/database/database.js';
import { writeOathCsv } from '../seed-files/csv-writer.js';
import { type PskcSealing, writePskc } from '../seed-files/pskc-writer.js';
import type { SeedRecord } from '../seed-files/seed-record.js';
import { SEED_KINDS, seedRecordOf, type StoredSeed } from './stored-seed.js';
import { SEED_COLUMNS } from './token-batches.js';

/** Forms of an export: seeds in clear, or encrypted. */
export type ExportForm = { readonly format: 'csv' } | { readonly format: 'pskc'; readonly sealing: PskcSealing };

export interface ExportOptions {
  /** `manufacturerCode/productCode`; tokens of all products when absent. */
  readonly product?: string | undefined;
}

const PAGE_SIZE = 500;

/** After the serial that came last, so that no page is read twice however many there are. */
const PAGE = `
  SELECT ${SEED_COLUMNS} FROM tokens
  WHERE serial > $1 AND kind = ANY($2) AND ($3::text IS NULL OR product = $3)
    AND status <> 'DECEASED' AND secret_sealed IS NOT NULL
  ORDER BY serial LIMIT ${PAGE_SIZE}`;

/** Writes the tokens that have seeds (TOTP, HOTP, OCRA) as a seed file, page by page, in the order of their serials. */
@Injectable()
export class TokenExport {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  /** How many tokens there are to write. */
  async count({ product }: ExportOptions = {}): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM tokens
       WHERE kind = ANY($1) AND ($2::text IS NULL OR product = $2) AND status <> 'DECEASED' AND secret_sealed IS NOT NULL`,
      [SEED_KINDS, product ?? null],
    );
    return row?.count ?? 0;
  }

  /**
   * The file, a piece at a time. The audit says that seeds left before the first one does.
   *
   * @param onToken is told how many were written
   */
  async *write(
    form: ExportForm,
    options: ExportOptions = {},
    onToken: (count: number) => void = () => undefined,
  ): AsyncGenerator<string> {
    await this.audit.record(this.database.manager, {
      event: 'tokens.exported',
      outcome: 'success',
      actor: 'system',
      detail: { format: form.format, product: options.product ?? null, count: await this.count(options) },
    });
    const tokens = this.tokens(options, onToken);
    yield* form.format === 'csv' ? writeOathCsv(tokens) : writePskc(tokens, form.sealing, this.random);
  }

  private async *tokens({ product }: ExportOptions, onToken: (count: number) => void): AsyncGenerator<SeedRecord> {
    let last = '';
    for (let written = 0; ;) {
      const page = await this.database.query<StoredSeed>(PAGE, [last, SEED_KINDS, product ?? null]);
      for (const stored of page) {
        yield seedRecordOf(stored, this.keyRing);
        onToken(++written);
        last = stored.serial;
      }
      if (page.length < PAGE_SIZE) return;
    }
  }
}
