import type { Tx } from '../../src/core/database/database.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import type { DomainErrorCode } from '../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../src/tokens/enrolment/enrolment-holder.js';
import { enrolmentHolder } from './enrolment-holder.js';
import { type Services, type ServicesOptions, startServices } from './services.js';
import type { TestDatabase } from './test-database.js';
import { TokenFactory } from './token-factory.js';

/** Two people of one domain, and what tests of a kind of token do with them. */
export interface TokenWorld {
  readonly services: Services;
  readonly tokens: TokenFactory;
  readonly domain: Domain;
  readonly jane: EnrolmentHolder;
  readonly john: EnrolmentHolder;
  /** Runs in a transaction and commits. */
  readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Every column of every table, to look for what must be nowhere. */
  readonly everythingStored: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The number of rivals that a race test wants at least. */
export const RIVALS = Array.from({ length: 50 }, (_, i) => i);

export async function tokenWorld(database: TestDatabase, options: ServicesOptions = {}): Promise<TokenWorld> {
  const services = await startServices(database, options);
  const domain = await services.domain({ name: 'ACME' });
  return {
    services,
    tokens: new TokenFactory(services),
    domain,
    jane: await enrolmentHolder(services, domain, { login: 'jane' }),
    john: await enrolmentHolder(services, domain, { login: 'john' }),
    run: (work) => services.database.transaction(work),
    everythingStored: async () => {
      const stored = await Promise.all(
        ['tokens', 'token_assignments', 'token_codes', 'token_challenges', 'audit_events'].map((table) =>
          services.database.query(`SELECT * FROM ${table}`),
        ),
      );
      return JSON.stringify(stored);
    },
    close: async () => {
      await services.close();
      await database.clear();
    },
  };
}

/** `ok`, or why not. */
export function word(verdict: { readonly ok: true } | { readonly ok: false; readonly code: DomainErrorCode }): string {
  return verdict.ok ? 'ok' : verdict.code;
}

/** How often each word is among the outcomes of rivals. */
export function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of words) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
