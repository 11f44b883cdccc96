import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret } from '../../../core/crypto/secret-types.js';
import { Database } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Challenges } from '../../challenges/challenges.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import { type HeldToken, TokenStore } from '../../token-store.js';
import type { Attempter } from '../../verification/attempter.js';
import { securityQuestionSeconds } from './question-settings.js';
import { QuestionRepository, type StoredQuestion } from './question.repository.js';

/** Questions that are asked at a time (authentication methods, section 6.12). */
const ASKED = 3;
/** Sets of answers that are examined for one asking. */
const ATTEMPTS = 5;

/** Questions that were put to a person. */
export interface AskedQuestions {
  readonly challengeId: string;
  readonly questions: readonly AskedQuestion[];
  readonly expires: Date;
}

export interface AskedQuestion {
  /** As `credential.answers` names it, e.g. `q4`. */
  readonly id: string;
  readonly question: string;
}

/**
 * Puts three of a person's questions. Which ones cannot be foreseen and changes with every right answer only: asking
 * again and again does not bring up those that somebody knows.
 */
@Injectable()
export class QuestionAsking {
  constructor(
    private readonly store: TokenStore,
    private readonly repository: QuestionRepository,
    private readonly challenges: Challenges,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly database: Database,
  ) {}

  /**
   * @param boundTo who will answer, e.g. `logon <id>`
   * @throws DomainError `no-usable-token`
   */
  async ask({ account, domain }: Attempter['found'], boundTo: string): Promise<AskedQuestions> {
    const { manager } = this.database;
    const [held] = await this.store.ofAccount(manager, account.id, ['Questions']);
    if (held?.assignment.status !== 'ACTIVE') throw new DomainError('no-usable-token');
    const chosen = this.choose(held, await this.repository.of(manager, held.token.id));
    const { id, expires } = await this.challenges.create(manager, {
      purpose: 'questions',
      scope: 'holder',
      accountId: account.id,
      tokenId: held.token.id,
      boundTo,
      code: chosen.map(({ number }) => number).join(' '),
      seconds: (await this.configuration.snapshot()).setting(securityQuestionSeconds, domain.id),
      attemptLimit: ATTEMPTS,
    });
    return {
      challengeId: id,
      questions: chosen.map(({ number, question }) => ({ id: questionId(number), question })),
      expires,
    };
  }

  private choose({ token, assignment }: HeldToken, questions: readonly StoredQuestion[]): StoredQuestion[] {
    const rank = ({ number }: StoredQuestion) =>
      this.keyRing.digest(plainSecret(`choice ${assignment.usageCount} ${number}`), tokenCodePurpose(token.id));
    return questions
      .map((question) => ({ question, rank: rank(question) }))
      .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
      .slice(0, ASKED)
      .map(({ question }) => question);
  }
}

export function questionId(number: number): string {
  return `q${number}`;
}
