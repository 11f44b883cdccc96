import { Injectable } from '@nestjs/common';
import { Audit, type NewAuditEvent } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import type { DomainErrorCode } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { PasscodeKinds } from '../kinds/passcode-kinds.js';
import type { PasscodeJudgement } from '../token-kind.js';
import type { Authenticator } from '../token-kinds.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import { AttemptRepository, type AttemptStart } from './attempt.repository.js';
import { judgePasscode, type JudgedToken } from './judge-passcode.js';

/** Who presents a passcode, as the audit names them. */
export type AttemptContext = Pick<
  NewAuditEvent,
  'actor' | 'clientAddress' | 'domain' | 'target' | 'requestId' | 'correlationId'
>;

export interface PasscodeAttempt {
  readonly accountId: string;
  readonly authenticator: Authenticator;
  /** As typed, with the PIN in front of it where the rules want one. */
  readonly typed: PlainSecret;
  /** The one token that is meant; every usable one of the authenticator when absent. */
  readonly tokenId?: string;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

type PasscodeRefusal = Extract<
  DomainErrorCode,
  'passcode-wrong' | 'passcode-replayed' | 'token-out-of-sync' | 'authenticator-locked' | 'no-usable-token'
>;

export type PasscodeVerdict =
  { readonly ok: true; readonly token: UsableToken } | { readonly ok: false; readonly code: PasscodeRefusal };

/** What counts for more when several tokens were tried. */
const RANK: Readonly<Record<PasscodeJudgement['kind'], number>> = {
  match: 4,
  'look-up': 3,
  replayed: 2,
  'out-of-sync': 1,
  wrong: 0,
};

/**
 * Checks typed passcodes: counts the attempt first, judges it against every usable token, and settles with one guarded
 * statement (design, invariants 1, 2 and 12). One wrong passcode is one failure, however many tokens were tried.
 */
@Injectable()
export class Passcodes {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly kinds: PasscodeKinds,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `database-unavailable` */
  async verify(attempt: PasscodeAttempt): Promise<PasscodeVerdict> {
    const start = this.start(attempt);
    const { tokens, locked, pin } = await this.attempts.begin(start);
    if (locked) return this.refuse(attempt, 'authenticator-locked');
    const { typed, rules } = attempt;
    const [best] = tokens
      .map((token) => {
        const kind = this.kinds.get(token.kind);
        return judgePasscode(this.keyRing, kind, token, { typed, rules, pin, at: start.now });
      })
      .toSorted((one, other) => RANK[other.judgement.kind] - RANK[one.judgement.kind]);
    return best ? this.settle(attempt, start, best) : this.refuse(attempt, 'no-usable-token');
  }

  private async settle(attempt: PasscodeAttempt, start: AttemptStart, best: JudgedToken): Promise<PasscodeVerdict> {
    const { token, judgement } = best;
    switch (judgement.kind) {
      case 'match':
        return (await this.write(attempt, start, best))
          ? { ok: true, token }
          : this.refuse(attempt, 'passcode-replayed');
      case 'look-up':
        return (await this.write(attempt, start, best)) ? { ok: true, token } : this.refuse(attempt, 'passcode-wrong');
      case 'out-of-sync':
        await this.attempts.rememberCandidate(start, token, judgement.counter);
        return this.refuse(attempt, 'token-out-of-sync', token);
      case 'replayed':
        return this.refuse(attempt, 'passcode-replayed', token);
      case 'wrong':
        if (token.candidateCounter !== null) await this.attempts.forgetCandidate(token);
        return this.refuse(attempt, 'passcode-wrong');
    }
  }

  private write(attempt: PasscodeAttempt, start: AttemptStart, { token, judgement, passcode }: JudgedToken) {
    return this.attempts.settle({
      start,
      token,
      advance: judgement.kind === 'match' ? judgement.advance : {},
      lookUp: judgement.kind === 'look-up' ? judgement.digests : undefined,
      passcode: judgement.kind === 'match' && judgement.advance.counter !== undefined ? passcode : undefined,
      history: attempt.rules.passcodeHistory,
      audit: this.audit.values({
        ...attempt.context,
        event: 'authenticator.verified',
        outcome: 'success',
        accountId: attempt.accountId,
        detail: { authenticator: attempt.authenticator, serial: token.serial },
      }),
    });
  }

  private async refuse(attempt: PasscodeAttempt, code: PasscodeRefusal, token?: UsableToken): Promise<PasscodeVerdict> {
    await this.audit.record(this.database.manager, {
      ...attempt.context,
      event: 'authenticator.refused',
      outcome: 'refused',
      code,
      accountId: attempt.accountId,
      detail: { authenticator: attempt.authenticator, ...(token && { serial: token.serial }) },
    });
    return { ok: false, code };
  }

  private start({ accountId, authenticator, tokenId, rules }: PasscodeAttempt): AttemptStart {
    return {
      accountId,
      authenticator,
      kinds: this.kinds.of(authenticator),
      tokenId,
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
    };
  }
}
