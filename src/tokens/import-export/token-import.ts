import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { seedText } from '../oath/seed.js';
import { NOTES, ROW_PROBLEMS } from '../seed-files/problems.js';
import type { PskcSecrets } from '../seed-files/pskc-keys.js';
import { readSeedFile, type SeedFileFormat } from '../seed-files/seed-file-format.js';
import type { SeedFileRow, SeedFileSource, SeedRecord } from '../seed-files/seed-record.js';
import { IMPORT_PROBLEMS, type ImportProblem, ImportRowError } from './import-problems.js';
import { SeedFileProducts } from './seed-file-products.js';
import { newTokenOf, type StoredSeed, storedSeed } from './stored-seed.js';
import { TokenBatches } from './token-batches.js';
import { TokenOwners } from './token-owners.js';

export interface ImportOptions {
  /** Told from how the file begins where it is left out. */
  readonly format?: SeedFileFormat | undefined;
  readonly secrets?: PskcSecrets | undefined;
  /** `manufacturerCode/productCode` of all tokens, whatever the file says. */
  readonly product?: string | undefined;
  /** Domain of owners whom the file names by their login alone. */
  readonly domain?: string | undefined;
  /** Everything is read and checked, nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** A token that is there already with the same seed counts as done instead of as refused. */
  readonly resume?: boolean | undefined;
}

/** What became of the tokens of a file so far. */
export interface ImportCounts {
  stored: number;
  /** Of those stored, how many were given to a person. */
  assigned: number;
  /** There already with the same seed. */
  present: number;
  refused: number;
  /** Things in the file that are no tokens. */
  skipped: number;
}

/** Something to be said about one place in the file. */
export interface ImportRemark {
  /** From 1. */
  readonly line: number;
  readonly serial?: string | undefined;
  readonly text: string;
}

/** Follows an import; both are called in the order of the file, batch by batch. */
export interface ImportObserver {
  remark(remark: ImportRemark): void;
  progress(counts: Readonly<ImportCounts>): void;
}

type TokenRow = Extract<SeedFileRow, { outcome: 'token' }>;

/** Tokens written with one statement. */
export const BATCH_SIZE = 500;

/**
 * Reads seed files into the token store, batch by batch: each is committed by itself, so that a run which was interrupted
 * goes on with `resume`. One token that cannot be stored does not keep the others out. At most one batch is in memory.
 */
@Injectable()
export class TokenImport {
  constructor(
    private readonly configuration: Configuration,
    private readonly batches: TokenBatches,
    private readonly owners: TokenOwners,
    private readonly keyRing: KeyRing,
  ) {}

  /**
   * @throws SeedFileError when the file as a whole cannot be read; what came before is stored
   * @throws DomainError `database-unavailable`
   */
  async run(source: SeedFileSource, options: ImportOptions, observer: ImportObserver): Promise<ImportCounts> {
    const snapshot = await this.configuration.snapshot();
    const products = new SeedFileProducts(snapshot);
    const run = new ImportRun(snapshot, products, options, observer);
    const { format, secrets } = options;
    const rows = readSeedFile(source, {
      ...(format && { format }),
      ...(secrets && { secrets }),
      products: products.vendorProducts(),
    });
    let batch: TokenRow[] = [];
    try {
      for await (const row of rows) {
        if (row.outcome !== 'token') {
          run.leaveOut(row);
          continue;
        }
        for (const note of row.notes) run.say(row, NOTES[note]);
        batch.push(row);
        if (batch.length < BATCH_SIZE) continue;
        const full = batch;
        batch = [];
        await this.store(run, full);
      }
    } finally {
      // What stands before the place where a file breaks off is as good as the rest.
      await this.store(run, batch);
    }
    if (run.counts.stored >= BATCH_SIZE && !options.dryRun) await this.batches.gatherStatistics();
    return run.counts;
  }

  private async store(run: ImportRun, batch: readonly TokenRow[]): Promise<void> {
    const owned = batch.filter(({ token }) => token.owner !== undefined);
    const unowned = batch.filter(({ token }) => token.owner === undefined);
    if (run.options.dryRun) {
      const taken = await this.batches.taken(batch.map(({ token }) => token.serial));
      this.judgeTaken(run, batch, taken);
      for (const row of owned.filter(({ token }) => !taken.has(token.serial))) await this.checkOwner(run, row);
      run.counts.stored += unowned.filter(({ token }) => !taken.has(token.serial)).length;
    } else {
      const stored = await this.batches.insert(unowned.map(({ token }) => this.newToken(run, token)));
      run.counts.stored += stored.size;
      const others = unowned.filter(({ token }) => !stored.has(token.serial));
      const candidates = [...others, ...owned];
      const taken = await this.batches.taken(candidates.map(({ token }) => token.serial));
      this.judgeTaken(run, candidates, taken);
      for (const row of owned.filter(({ token }) => !taken.has(token.serial))) await this.give(run, row);
    }
    run.finishBatch();
  }

  /** Tokens whose serial is there already: done where the seed is the same and the run goes on, refused otherwise. */
  private judgeTaken(run: ImportRun, rows: readonly TokenRow[], taken: ReadonlyMap<string, StoredSeed | undefined>) {
    for (const row of rows.filter(({ token }) => taken.has(token.serial))) {
      if (run.options.resume && this.isSame(row.token, taken.get(row.token.serial))) run.counts.present += 1;
      else run.refuse(row, 'serial-taken');
    }
  }

  private isSame({ kind, seed }: SeedRecord, stored: StoredSeed | undefined): boolean {
    return stored?.kind === kind && equalSecrets(seedText(seed), seedText(storedSeed(stored, this.keyRing)));
  }

  private async checkOwner(run: ImportRun, row: TokenRow): Promise<void> {
    await run.orRefuse(row, async () => {
      await this.owners.find(run.snapshot, row.token.owner ?? '', run.options.domain);
      run.counts.stored += 1;
      run.counts.assigned += 1;
    });
  }

  private async give(run: ImportRun, row: TokenRow): Promise<void> {
    await run.orRefuse(row, async () => {
      const found = await this.owners.find(run.snapshot, row.token.owner ?? '', run.options.domain);
      await this.owners.give(run.snapshot, this.newToken(run, row.token), row.token, found);
      run.counts.stored += 1;
      run.counts.assigned += 1;
    });
  }

  private newToken({ options, products }: ImportRun, token: SeedRecord) {
    return newTokenOf(token, options.product ?? products.codeOf(token), this.keyRing);
  }
}

/** One run: what it was asked for, what was counted, and what is to be said at the end of its batch. */
class ImportRun {
  readonly counts: ImportCounts = { stored: 0, assigned: 0, present: 0, refused: 0, skipped: 0 };
  private remarks: ImportRemark[] = [];

  constructor(
    readonly snapshot: ConfigurationSnapshot,
    readonly products: SeedFileProducts,
    readonly options: ImportOptions,
    private readonly observer: ImportObserver,
  ) {}

  /** A place in the file that holds no token which can be stored. */
  leaveOut(row: Exclude<SeedFileRow, TokenRow>): void {
    this.counts[row.outcome] += 1;
    const text = row.outcome === 'refused' ? ROW_PROBLEMS[row.problem] : NOTES[row.note];
    this.remarks.push({ line: row.line, serial: row.serial, text });
    // A file may hold nothing else, and its remarks must not pile up.
    if (this.remarks.length >= BATCH_SIZE) this.finishBatch();
  }

  say({ line, token }: TokenRow, text: string): void {
    this.remarks.push({ line, serial: token.serial, text });
  }

  refuse(row: TokenRow, problem: ImportProblem): void {
    this.counts.refused += 1;
    this.say(row, IMPORT_PROBLEMS[problem]);
  }

  async orRefuse(row: TokenRow, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ImportRowError)) throw error;
      this.refuse(row, error.problem);
    }
  }

  finishBatch(): void {
    for (const remark of this.remarks.toSorted((a, b) => a.line - b.line)) this.observer.remark(remark);
    this.remarks = [];
    this.observer.progress(this.counts);
  }
}
