import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { type AnsweredChallenge, Challenges } from '../../challenges/challenges.js';
import { tokenRules } from '../../token-rules.js';
import type { Attempter } from '../../verification/attempter.js';
import { Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { type PasscodeAttempt, Passcodes, type PasscodeVerdict } from '../../verification/passcodes.js';
import { OtpLists } from './otp-lists.js';
import { otpListChallengeSeconds } from './otp-list-settings.js';

/** Codes that are examined for one question. */
const ATTEMPTS = 5;

/** "One-time password number `number`, please." */
export interface AskedNumber {
  readonly challengeId: string;
  readonly number: number;
  readonly expires: Date;
}

/** An answer to the number that was asked of this holder. */
export interface ListAnswer extends Attempter {
  /** Who was asked, e.g. `request <id>`. */
  readonly boundTo: string;
  readonly challengeId?: string;
  readonly typed: PlainSecret;
  /** As `PasscodeAttempt.shownPin`. */
  readonly shownPin?: PlainSecret | null | undefined;
}

export type ListVerdict = PasscodeVerdict | AttemptVerdict<'challenge-not-valid'>;

/** Asking a list by number. Whoever asks again is asked the same number, until it is used. */
@Injectable()
export class OtpListChallenges {
  constructor(
    private readonly lists: OtpLists,
    private readonly challenges: Challenges,
    private readonly passcodes: Passcodes,
    private readonly attempts: Attempts,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /**
   * @param attempts codes that are examined for it
   * @throws DomainError `no-usable-token` without a list, or with one that is used up
   */
  async ask(found: Attempter['found'], boundTo: string, attempts = ATTEMPTS): Promise<AskedNumber> {
    const snapshot = await this.configuration.snapshot();
    const { manager } = this.database;
    const list = await this.lists.summary(manager, found);
    if (list?.next === undefined || list.status !== 'ACTIVE') throw new DomainError('no-usable-token');
    const { id, expires } = await this.challenges.create(manager, {
      purpose: 'otp-list',
      scope: 'holder',
      accountId: found.account.id,
      tokenId: list.tokenId,
      boundTo,
      code: String(list.next),
      seconds: snapshot.setting(otpListChallengeSeconds, found.domain.id),
      attemptLimit: attempts,
    });
    return { challengeId: id, number: list.next, expires };
  }

  /**
   * Counts the answer at the challenge, then at the account, and only then looks at it. `challenge-not-valid` when nothing
   * was asked, too long ago, or after too many wrong answers.
   */
  async answer({ found, context, rules, boundTo, challengeId, typed, shownPin }: ListAnswer): Promise<ListVerdict> {
    const accountId = found.account.id;
    const authenticator = 'OTP';
    const answered: AnsweredChallenge = {
      purpose: 'otp-list',
      accountId,
      boundTo,
      ...(challengeId && { id: challengeId }),
    };
    const challenge = await this.challenges.count(answered);
    if (!challenge?.tokenId || challenge.code === null) {
      return this.attempts.refuse({ accountId, authenticator, context }, 'challenge-not-valid');
    }
    const attempt: PasscodeAttempt = {
      accountId,
      authenticator,
      tokenId: challenge.tokenId,
      asked: challenge.code,
      typed,
      shownPin,
      rules: rules ?? tokenRules(await this.configuration.snapshot(), found.domain.id),
      context,
    };
    const verdict = await this.challenges.alsoCounting(challenge, () => this.passcodes.verify(attempt));
    // The code is used up already; the challenge has done its duty with it.
    if (verdict.ok) await this.challenges.consume(this.database.manager, answered);
    return verdict;
  }
}
