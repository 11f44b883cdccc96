import { Injectable } from '@nestjs/common';
import { ChallengeAnswers } from './challenge-answers.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { need } from './credential-methods.js';

/** `GRID`: symbols of a printed card (authentication methods, section 6.6). Without `cc` the newest challenge is meant. */
@Injectable()
export class GridCardAnswer implements CredentialCheck {
  readonly method = 'GRID';

  constructor(private readonly answers: ChallengeAnswers) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    return this.answers.verify(order, this.method, need(order.credential.otp, 'otp'));
  }
}

/** `GRIDGO`: symbols along a secret path on a grid that was shown (section 6.6). */
@Injectable()
export class GridOnScreenAnswer implements CredentialCheck {
  readonly method = 'GRIDGO';

  constructor(private readonly answers: ChallengeAnswers) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    return this.answers.verify(order, this.method, need(order.credential.otp, 'otp'));
  }
}
