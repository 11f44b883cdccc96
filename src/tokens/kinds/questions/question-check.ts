import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Challenges } from '../../challenges/challenges.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import { tokenRules } from '../../token-rules.js';
import type { Attempter } from '../../verification/attempter.js';
import { type AttemptOrder, type AttemptRefusal, Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { normalizedAnswer } from './answers.js';
import { questionId } from './question-asking.js';
import { QuestionRepository, type StoredQuestion } from './question.repository.js';
import { answerText } from './security-questions.js';

/** Answers to the questions that were put to whoever answers. */
export interface QuestionAnswers extends Attempter {
  readonly boundTo: string;
  readonly challengeId?: string;
  /** One for each question that was asked, in any order. */
  readonly answers: readonly { readonly id: string; readonly answer: PlainSecret }[];
}

export type QuestionVerdict = AttemptVerdict<
  Extract<
    AttemptRefusal,
    'passcode-wrong' | 'passcode-replayed' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'
  >
>;

/** Compared in place of what cannot be an answer, so that it costs the same. */
const NO_ANSWER = plainSecret('');

/**
 * Checks answers to security questions: counted at the asking and at the person before they are looked at, and right only
 * all together, so that nobody finds them out one by one. Never enough for a log-on (see `STANDING`).
 */
@Injectable()
export class QuestionCheck {
  constructor(
    private readonly challenges: Challenges,
    private readonly attempts: Attempts,
    private readonly repository: QuestionRepository,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly database: Database,
  ) {}

  async verify({
    found,
    context,
    rules: own,
    boundTo,
    challengeId,
    answers,
  }: QuestionAnswers): Promise<QuestionVerdict> {
    const accountId = found.account.id;
    const rules = own ?? tokenRules(await this.configuration.snapshot(), found.domain.id);
    const order: AttemptOrder = { accountId, authenticator: 'QNA', kinds: ['Questions'], rules, context };
    const challenge = await this.challenges.count({
      purpose: 'questions',
      accountId,
      boundTo,
      ...(challengeId !== undefined && { id: challengeId }),
    });
    if (!challenge?.tokenId) return this.attempts.refuse(order, 'challenge-not-valid');
    const { tokenId } = challenge;
    const begun = await this.challenges.alsoCounting(challenge, () => this.attempts.begin({ ...order, tokenId }));
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const stored = await this.repository.of(this.database.manager, token.tokenId);
    if (!this.allRight(challenge, stored, answers)) return this.attempts.refuse(order, 'passcode-wrong', token);
    const won = await this.attempts.settle(order, begun, { token, advance: {}, challengeId: challenge.id });
    return won ? { ok: true, token } : this.attempts.refuse(order, 'passcode-replayed', token);
  }

  private allRight(
    { code, tokenId }: TokenChallenge,
    stored: readonly StoredQuestion[],
    answers: QuestionAnswers['answers'],
  ): boolean {
    const asked = (code ?? '').split(' ').flatMap((text) => stored.find(({ number }) => String(number) === text) ?? []);
    // All of them are compared, so that the time does not tell which one was wrong.
    const right = asked.map(({ number, digest }) => {
      const given = answers.filter(({ id }) => id === questionId(number));
      const answer = normalizedAnswer(given[0]?.answer ?? '') ?? NO_ANSWER;
      const digests = this.keyRing.digests(answerText(number, answer), tokenCodePurpose(tokenId ?? ''));
      return digests.map((candidate) => equalSecrets(candidate, digest)).includes(true) && given.length === 1;
    });
    return right.length > 0 && !right.includes(false);
  }
}
