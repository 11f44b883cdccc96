import { Injectable } from '@nestjs/common';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { HeldRequest } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import type { ChallengePurpose } from '../challenges/challenge-purpose.js';
import { Challenges } from '../challenges/challenges.js';
import { OtpListChallenges } from '../kinds/otp-list/otp-list-challenges.js';
import { Responses } from '../kinds/responses/responses.js';
import { AUTHENTICATOR_OF } from '../token-kinds.js';
import { tokenRulesOf } from '../token-rules-of.js';
import { boundTo, contextOf } from './held-person.js';
import type { FactorVerdict } from './second-factor-step.js';

/** What answers a question: the cells of a card, a path on a grid, a calculation, a number of a list. */
export const ASKED_FACTORS = ['GridCard', 'GridGo', 'OCRA', 'OTPList'] as const;
export type AskedFactor = (typeof ASKED_FACTORS)[number];

const PURPOSES: Readonly<Record<AskedFactor, ChallengePurpose>> = {
  GridCard: 'grid',
  GridGo: 'gridgo',
  OCRA: 'ocra',
  OTPList: 'otp-list',
};

/** A question that waits for its answer. */
export interface Question {
  readonly factor: AskedFactor;
  readonly challengeId: string;
  /** As the kind of token puts it: cells, the text of a grid, digits, a number. */
  readonly text: string;
}

/** An answer as it came. */
export interface Answer {
  readonly factor: AskedFactor;
  readonly challengeId: string;
  readonly text: string;
}

/**
 * Questions to somebody who owes a second factor. Who asks again is asked the same until it is answered or its time is
 * over, so that nobody looks for an easier one.
 */
@Injectable()
export class SecondFactorQuestions {
  constructor(
    private readonly responses: Responses,
    private readonly lists: OtpListChallenges,
    private readonly challenges: Challenges,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /** Questions that were put to the holder of this link and wait for an answer. Changes nothing. */
  async open(held: HeldRequest, factors: readonly AskedFactor[]): Promise<Question[]> {
    const found = await Promise.all(factors.map((factor) => this.openOne(held, factor)));
    return found.filter((question) => question !== undefined);
  }

  /** Puts a question. @throws DomainError `no-usable-token`, `token-spent` */
  async ask(held: HeldRequest, factor: AskedFactor): Promise<void> {
    if (await this.openOne(held, factor)) return;
    const accountId = held.found.account.id;
    if (factor === 'OTPList') await this.lists.ask(held.found, boundTo(held));
    else await this.responses.put({ accountId, authenticator: AUTHENTICATOR_OF[factor], boundTo: boundTo(held) });
  }

  /** Checks an answer; counted at the question and for the person first. */
  async answer(held: HeldRequest, client: Client, { factor, challengeId, text }: Answer): Promise<FactorVerdict> {
    const { found } = held;
    const answer = {
      context: contextOf(held, client),
      boundTo: boundTo(held),
      challengeId,
      typed: plainSecret(text),
    };
    const rules = await tokenRulesOf(await this.configuration.snapshot(), found);
    if (factor === 'OTPList') return this.lists.answer({ found, rules, ...answer });
    return this.responses.answer({
      accountId: found.account.id,
      authenticator: AUTHENTICATOR_OF[factor],
      rules,
      ...answer,
    });
  }

  private async openOne(held: HeldRequest, factor: AskedFactor): Promise<Question | undefined> {
    const challenge = await this.challenges.open(this.database.manager, {
      purpose: PURPOSES[factor],
      accountId: held.found.account.id,
      boundTo: boundTo(held),
    });
    if (!challenge || challenge.code === null || challenge.attempts >= challenge.attemptLimit) return undefined;
    return { factor, challengeId: challenge.id, text: challenge.code };
  }
}
