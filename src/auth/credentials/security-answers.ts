import { Injectable } from '@nestjs/common';
import { QuestionCheck } from '../../tokens/kinds/questions/question-check.js';
import { accepted } from './accepted.js';
import { ChallengeAnswers, NO_CHALLENGE } from './challenge-answers.js';
import {
  type AcceptedCredential,
  boundToAgent,
  type CredentialCheck,
  type CredentialOrder,
} from './credential-check.js';
import { need } from './credential-methods.js';

/** `QNA`: answers to the questions that this agent has asked (authentication methods, section 6.12). */
@Injectable()
export class SecurityAnswers implements CredentialCheck {
  readonly method = 'QNA';

  constructor(
    private readonly check: QuestionCheck,
    private readonly challenges: ChallengeAnswers,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const { agent, found, rules, context, credential } = order;
    const answers = need(credential.answers, 'answers');
    const challenge = await this.challenges.find(order, ['questions']);
    const verdict = await this.check.verify({
      found,
      context,
      rules,
      boundTo: boundToAgent(agent),
      challengeId: challenge?.id ?? NO_CHALLENGE,
      answers,
    });
    return accepted(this.method, verdict);
  }
}
