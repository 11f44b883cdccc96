import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { PasscodeKinds } from '../kinds/passcode-kinds.js';
import type { PasscodeJudgement } from '../token-kind.js';
import type { Authenticator } from '../token-kinds.js';
import { rulesOf, type TokenRules } from '../token-rules.js';
import { AttemptRepository } from './attempt.repository.js';
import {
  type AttemptContext,
  type AttemptOrder,
  type AttemptRefusal,
  Attempts,
  type AttemptVerdict,
  type BegunAttempt,
} from './attempts.js';
import { judgePasscode, type JudgedToken } from './judge-passcode.js';

export type { AttemptContext } from './attempts.js';

export interface PasscodeAttempt {
  readonly accountId: string;
  readonly authenticator: Authenticator;
  /** As typed, with the PIN in front of it where the rules want one. */
  readonly typed: PlainSecret;
  /** The PIN, where the caller has a place of its own for it, and null when that was left empty; absent without one. */
  readonly shownPin?: PlainSecret | null | undefined;
  /** The one token that is meant; every usable one of the authenticator when absent. */
  readonly tokenId?: string | undefined;
  /** Its serial number, where callers know it by that; must hold besides `tokenId`. */
  readonly serial?: string | undefined;
  /** What a challenge has asked for, e.g. the number of an entry; absent without one. */
  readonly asked?: string;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

type PasscodeRefusal = Exclude<AttemptRefusal, 'passcode-expired' | 'proof-not-valid' | 'challenge-not-valid'>;

export type PasscodeVerdict = AttemptVerdict<PasscodeRefusal>;

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
    private readonly attempts: Attempts,
    private readonly repository: AttemptRepository,
    private readonly kinds: PasscodeKinds,
    private readonly keyRing: KeyRing,
  ) {}

  /** @throws DomainError `database-unavailable` */
  async verify(attempt: PasscodeAttempt): Promise<PasscodeVerdict> {
    const { typed, shownPin, rules, authenticator, asked } = attempt;
    const order: AttemptOrder = { ...attempt, kinds: this.kinds.of(authenticator) };
    const begun = await this.attempts.begin(order);
    const { tokens, locked, pin, start } = begun;
    if (locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [best] = tokens
      .map((token) => {
        const kind = this.kinds.get(token.kind);
        const own = rulesOf(rules, token.product);
        return judgePasscode(this.keyRing, kind, token, { typed, shownPin, rules: own, pin, asked, at: start.now });
      })
      .toSorted((one, other) => RANK[other.judgement.kind] - RANK[one.judgement.kind]);
    return best ? this.settle(order, begun, best) : this.attempts.refuse(order, 'no-usable-token');
  }

  private async settle(order: AttemptOrder, begun: BegunAttempt, best: JudgedToken): Promise<PasscodeVerdict> {
    const { token, judgement } = best;
    switch (judgement.kind) {
      case 'match':
      case 'look-up': {
        if (await this.write(order, begun, best)) return { ok: true, token };
        return this.attempts.refuse(order, judgement.kind === 'match' ? 'passcode-replayed' : 'passcode-wrong');
      }
      case 'out-of-sync':
        await this.repository.rememberCandidate(begun.start, token, judgement.counter);
        return this.attempts.refuse(order, 'token-out-of-sync', token);
      case 'replayed':
        return this.attempts.refuse(order, 'passcode-replayed', token);
      case 'wrong':
        if (token.candidateCounter !== null) await this.repository.forgetCandidate(token);
    }
    return this.attempts.refuse(order, 'passcode-wrong');
  }

  private write(order: AttemptOrder, begun: BegunAttempt, { token, judgement, passcode }: JudgedToken) {
    const advance = judgement.kind === 'match' || judgement.kind === 'look-up' ? judgement.advance : undefined;
    return this.attempts.settle(order, begun, {
      token,
      advance: advance ?? {},
      lookUp: judgement.kind === 'look-up' ? judgement.digests : undefined,
      passcode: judgement.kind === 'match' && advance?.counter !== undefined ? passcode : undefined,
    });
  }
}
