import type { OathDigits } from '../oath/hotp.js';
import type { OathHash } from '../oath/oath-key.js';
import type { Seed } from '../oath/seed.js';
import type { RowProblem, SeedFileNote } from './problems.js';

interface SeedRecordBase {
  /** Trimmed printable ASCII. */
  readonly serial: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly seed: Seed;
  /** Whose it is, `domain\login` or a login; only OATH CSV says it. */
  readonly owner?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A token as seed files carry it. */
export type SeedRecord = SeedRecordBase &
  (
    | {
        readonly kind: 'TOTP';
        readonly hash: OathHash;
        readonly digits: OathDigits;
        /** Seconds. */
        readonly period: number;
        /** Whole steps by which the device is ahead. */
        readonly driftSteps: number;
      }
    | {
        readonly kind: 'HOTP';
        readonly hash: OathHash;
        readonly digits: OathDigits;
        /** The next counter; the last used one is one less. */
        readonly counter: number;
      }
    | {
        readonly kind: 'OCRA';
        /** A suite that `parseOcraSuite` reads; it names hash and digits. */
        readonly suite: string;
        /** The next counter, for suites with one. */
        readonly counter: number;
      }
  );

/** What a reader says of one place in a file. */
export type SeedFileRow =
  | {
      readonly outcome: 'token';
      /** From 1: where the token begins. */
      readonly line: number;
      readonly token: SeedRecord;
      readonly notes: readonly SeedFileNote[];
    }
  | { readonly outcome: 'refused'; readonly line: number; readonly serial?: string; readonly problem: RowProblem }
  | { readonly outcome: 'skipped'; readonly line: number; readonly serial?: string; readonly note: SeedFileNote };

/** Bytes of a file as they come, e.g. from `createReadStream`. */
export type SeedFileSource = AsyncIterable<Uint8Array>;
