import { Injectable } from '@nestjs/common';
import { DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import { type HeldRequest, personAt } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';

/** How an attempt at the step ended. */
export type FactorOutcome =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'wrong';
      readonly code: DomainErrorCode;
      /** Further tries until the link is dead. */ readonly left: number;
    }
  /** Not judged, and not counted against the link. */
  | { readonly kind: 'refused'; readonly problem: DomainError }
  | { readonly kind: 'ended' };

/** What a verification says. */
export type FactorVerdict = { readonly ok: true } | { readonly ok: false; readonly code: DomainErrorCode };

/** Refusals that say that what was shown is wrong; after all others the person may go on. */
const WRONG: ReadonlySet<DomainErrorCode> = new Set([
  'passcode-wrong',
  'passcode-replayed',
  'passcode-expired',
  'proof-not-valid',
] as const);

/**
 * The step `second-factor` of an opened request: the person shows one of their authenticators (manager-json-rpc section
 * 10.2, step 2). Wrong ones are counted twice: for the person, whatever link or log-on they come by, and at the request,
 * which five of them lock (section 8).
 */
@Injectable()
export class SecondFactorStep {
  constructor(private readonly attempts: RequestAttempts) {}

  /**
   * @param verify counts the attempt for the person and judges it
   * @throws DomainError of category `unavailable`; nothing is counted at the request then
   */
  async prove(held: HeldRequest, client: Client, verify: () => Promise<FactorVerdict>): Promise<FactorOutcome> {
    let wrong: DomainErrorCode = 'passcode-wrong';
    try {
      const step = { counter: 'code', passes: 'second-factor' } as const;
      const attempt = await this.attempts.attempt(held.request, step, personAt(held, client), async () => {
        const verdict = await verify();
        if (verdict.ok) return true;
        if (!WRONG.has(verdict.code)) throw new DomainError(verdict.code);
        wrong = verdict.code;
        return false;
      });
      if (attempt.kind === 'right') return { kind: 'passed' };
      return attempt.kind === 'wrong' ? { ...attempt, code: wrong } : { kind: 'ended' };
    } catch (error) {
      if (DomainError.is(error) && error.category !== 'unavailable' && error.category !== 'internal') {
        return { kind: 'refused', problem: error };
      }
      throw error;
    }
  }
}
