import { Injectable } from '@nestjs/common';
import { foldedSymbols } from '../../tokens/grid/typed-symbols.js';
import { ChallengeAnswers } from './challenge-answers.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { need } from './credential-methods.js';
import { TokenChoice } from './token-choice.js';
import { TypedSecrets } from './typed-secrets.js';

/**
 * `GRID`: symbols of a printed card (authentication methods, section 6.6). Without `cc` the newest challenge is meant, or,
 * where there is none, a passcode along the path of a card that is protected by one.
 */
@Injectable()
export class GridCardAnswer implements CredentialCheck {
  readonly method = 'GRID';

  constructor(
    private readonly answers: ChallengeAnswers,
    private readonly secrets: TypedSecrets,
    private readonly tokens: TokenChoice,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const typed = need(order.credential.otp, 'otp');
    return (await this.isAlongPath(order))
      ? this.secrets.verify(order, this.method, foldedSymbols(typed))
      : this.answers.verify(order, this.method, typed);
  }

  private async isAlongPath(order: CredentialOrder): Promise<boolean> {
    if (order.credential.cc !== undefined || (await this.answers.find(order, ['grid']))) return false;
    return this.tokens.hasProtected(order.found.account.id, 'GridCard');
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
