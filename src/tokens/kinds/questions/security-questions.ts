import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import type { ConfigurationSnapshot } from '../../../core/domains/configuration-snapshot.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { Enrolments } from '../../enrolment/enrolments.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import { type HeldToken, TokenStore } from '../../token-store.js';
import { outOfBounds, withinBounds } from '../../within-bounds.js';
import {
  fold,
  LONGEST_ANSWER,
  LONGEST_QUESTION,
  normalizedAnswer,
  questionText,
  SHORTEST_ANSWER,
  SHORTEST_QUESTION,
} from './answers.js';
import { ownSecurityQuestions, securityQuestionCount, securityQuestions } from './question-settings.js';
import { QuestionRepository, type StoredQuestion } from './question.repository.js';

/** Most questions that a person may have. */
const MOST_QUESTIONS = 20;

/** A question that a person chose or wrote, and their answer. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: PlainSecret;
}

/** What a page offers for setting questions up. */
export interface QuestionOffer {
  readonly offered: readonly string[];
  /** Whether people may write their own. */
  readonly own: boolean;
  /** How many are wanted. */
  readonly count: number;
}

/** What is digested of an answer: with its number, so that equal answers of one person stay apart. */
export function answerText(number: number, answer: PlainSecret): PlainSecret {
  return plainSecret(`${number} ${answer}`);
}

/** Security questions of people: set up all together, and replaced all together. */
@Injectable()
export class SecurityQuestions {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly direct: DirectEnrolment,
    private readonly store: TokenStore,
    private readonly repository: QuestionRepository,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
  ) {}

  async offer({ found }: Pick<EnrolmentHolder, 'found'>): Promise<QuestionOffer> {
    const snapshot = await this.configuration.snapshot();
    const { id } = found.domain;
    return {
      offered: snapshot.setting(securityQuestions, id),
      own: snapshot.setting(ownSecurityQuestions, id),
      count: snapshot.setting(securityQuestionCount, id),
    };
  }

  /**
   * Begins questions that `Enrolments.finish` puts into their place, for pages that ask before they replace older ones.
   *
   * @throws DomainError `value-out-of-range` for too few or too many, or one that is too short, too long or twice there;
   *   `unknown-word` for a question that is not offered where people may not write their own
   */
  async begin(tx: Tx, holder: EnrolmentHolder, answered: readonly AnsweredQuestion[]): Promise<HeldToken> {
    const { id, stored } = this.digested(await this.configuration.snapshotWithin(tx), holder, answered);
    const held = await this.enrolments.begin(tx, holder, { id, kind: 'Questions' });
    await this.repository.add(tx, id, stored);
    return held;
  }

  /** Gives the person these questions, in place of those they have. @throws DomainError as {@link begin} */
  async register(tx: Tx, holder: EnrolmentHolder, answered: readonly AnsweredQuestion[]): Promise<HeldToken> {
    const { id, stored } = this.digested(await this.configuration.snapshotWithin(tx), holder, answered);
    const held = await this.direct.enrol(tx, holder, { id, kind: 'Questions' });
    await this.repository.add(tx, id, stored);
    return held;
  }

  /** The questions that a person has answered, without the answers; empty when they have none. */
  async list(tx: Tx, accountId: string): Promise<string[]> {
    const [held] = await this.store.ofAccount(tx, accountId, ['Questions']);
    return held ? (await this.repository.of(tx, held.token.id)).map(({ question }) => question) : [];
  }

  /** @returns false when the person has none */
  async remove(tx: Tx, holder: EnrolmentHolder): Promise<boolean> {
    return (await this.direct.removeAll(tx, holder, 'Questions')) > 0;
  }

  private digested(
    snapshot: ConfigurationSnapshot,
    { found }: EnrolmentHolder,
    answered: readonly AnsweredQuestion[],
  ): { id: string; stored: StoredQuestion[] } {
    const { id: domainId } = found.domain;
    withinBounds('questions', answered.length, snapshot.setting(securityQuestionCount, domainId), MOST_QUESTIONS);
    const clean = answered.map(cleaned);
    requireDifferent(
      'questions',
      clean.map(({ question }) => fold(question)),
    );
    requireDifferent(
      'answers',
      clean.map(({ answer }) => answer),
    );
    if (!snapshot.setting(ownSecurityQuestions, domainId)) {
      const offered = snapshot.setting(securityQuestions, domainId);
      if (!clean.every(({ question }) => offered.includes(question))) {
        throw new DomainError('unknown-word', { params: { parameter: 'question' } });
      }
    }
    const id = randomUUID();
    const purpose = tokenCodePurpose(id);
    const stored = clean.map(({ question, answer }, index) => ({
      number: index + 1,
      question,
      digest: this.keyRing.digest(answerText(index + 1, answer), purpose),
    }));
    return { id, stored };
  }
}

function cleaned({ question, answer }: AnsweredQuestion): AnsweredQuestion {
  const text = questionText(question);
  if (text === undefined) throw outOfBounds('question', SHORTEST_QUESTION, LONGEST_QUESTION);
  const normalized = normalizedAnswer(answer);
  // An answer that stands in its question is one for everybody.
  if (normalized === undefined || fold(text).replace(/\s/g, '').includes(normalized)) {
    throw outOfBounds('answer', SHORTEST_ANSWER, LONGEST_ANSWER);
  }
  return { question: text, answer: normalized };
}

function requireDifferent(parameter: string, texts: readonly string[]): void {
  if (new Set(texts).size < texts.length) throw new DomainError('value-out-of-range', { params: { parameter } });
}
