import type { KeyRing } from '../../core/crypto/key-ring.js';
import type { Sealed } from '../../core/crypto/secret-types.js';
import { oathState } from '../kinds/oath/oath-token.js';
import { openOcraSecret, sealOcraSecret } from '../kinds/ocra/ocra-secret.js';
import { type Seed, seedFromText, seedText } from '../oath/seed.js';
import type { SeedRecord } from '../seed-files/seed-record.js';
import type { NewToken } from '../token-store.js';
import { TOKEN_SECRET } from '../token-secrets.js';
import { validityIn, validityState } from '../validity.js';

/** Kinds that seed files carry. */
export const SEED_KINDS = ['TOTP', 'HOTP', 'OCRA'] as const satisfies readonly SeedRecord['kind'][];

const DEFAULT_PERIOD = 30;

/** A stored token, as far as a seed file can carry it. */
export interface StoredSeed {
  readonly serial: string;
  readonly kind: SeedRecord['kind'];
  readonly product: string;
  readonly secretSealed: Sealed;
  readonly state: Readonly<Record<string, unknown>>;
  /** As PostgreSQL gives a bigint. */
  readonly counter: string | null;
  readonly drift: number;
}

/** What a token of a seed file is stored as; its seed is sealed. Files name the next counter, we keep the last one. */
export function newTokenOf(record: SeedRecord, product: string, keyRing: KeyRing): NewToken & { drift: number } {
  return {
    serial: record.serial,
    kind: record.kind,
    product,
    secretSealed:
      record.kind === 'OCRA'
        ? sealOcraSecret(keyRing, { seed: record.seed })
        : keyRing.seal(seedText(record.seed), TOKEN_SECRET),
    state: { ...formOf(record), ...originOf(record) },
    ...(record.kind !== 'TOTP' && record.counter > 0 && { counter: record.counter - 1 }),
    drift: record.kind === 'TOTP' ? record.driftSteps : 0,
  };
}

/** A stored token as a seed file carries it; the other way round of {@link newTokenOf}. */
export function seedRecordOf(stored: StoredSeed, keyRing: KeyRing): SeedRecord {
  const { serial, kind, state, drift } = stored;
  const counter = stored.counter === null ? 0 : Number(stored.counter) + 1;
  const base = { serial, seed: storedSeed(stored, keyRing), ...originIn(stored) };
  if (kind === 'OCRA') return { ...base, kind, suite: textIn(state, 'suite') ?? '', counter };
  const { hash, digits, period = DEFAULT_PERIOD } = oathState(state);
  if (kind === 'HOTP') return { ...base, kind, hash, digits, counter };
  return { ...base, kind, hash, digits, period, driftSteps: drift };
}

export function storedSeed({ kind, secretSealed }: Pick<StoredSeed, 'kind' | 'secretSealed'>, keyRing: KeyRing): Seed {
  return kind === 'OCRA'
    ? openOcraSecret(keyRing, secretSealed).seed
    : seedFromText(keyRing.open(secretSealed, TOKEN_SECRET));
}

function formOf(record: SeedRecord): Record<string, unknown> {
  if (record.kind === 'OCRA') return { suite: record.suite };
  const { hash, digits } = record;
  return { hash, digits, ...(record.kind === 'TOTP' && { period: record.period }) };
}

/** What is kept of a file so that an export says it again. */
function originOf({ manufacturer, model, ...validity }: SeedRecord): Record<string, string> {
  return {
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...validityState(validity),
  };
}

function originIn({
  product,
  state,
}: StoredSeed): Pick<SeedRecord, 'manufacturer' | 'model' | 'notBefore' | 'notAfter'> {
  const [manufacturerCode = '', productCode = ''] = product.split('/');
  return {
    manufacturer: textIn(state, 'manufacturer') ?? manufacturerCode,
    model: textIn(state, 'model') ?? productCode,
    ...validityIn(state),
  };
}

function textIn(state: StoredSeed['state'], name: string): string | undefined {
  const value = state[name];
  return typeof value === 'string' ? value : undefined;
}
