import { Injectable } from '@nestjs/common';
import { FidoAssertions } from '../../tokens/kinds/fido/fido-assertions.js';
import { accepted } from './accepted.js';
import { ChallengeAnswers, NO_CHALLENGE } from './challenge-answers.js';
import {
  type AcceptedCredential,
  boundToAgent,
  type CredentialCheck,
  type CredentialOrder,
} from './credential-check.js';
import { need } from './credential-methods.js';

/**
 * `FIDO`: in `otp` the JSON text of what `navigator.credentials.get` gave for the options of `getChallengeCode` (our
 * proposal). A ceremony is good for one look at an assertion.
 */
@Injectable()
export class FidoAssertion implements CredentialCheck {
  readonly method = 'FIDO';

  constructor(
    private readonly assertions: FidoAssertions,
    private readonly challenges: ChallengeAnswers,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const { agent, found, rules, context, credential } = order;
    const response = need(credential.otp, 'otp');
    const challenge = await this.challenges.find(order, ['fido-assertion']);
    const verdict = await this.assertions.verify({
      accountId: found.account.id,
      domainId: found.domain.id,
      boundTo: boundToAgent(agent),
      challengeId: challenge?.id ?? NO_CHALLENGE,
      response,
      rules,
      context,
    });
    return accepted(this.method, verdict);
  }
}
