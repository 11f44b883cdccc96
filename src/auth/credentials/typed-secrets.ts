import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { PasscodeKinds } from '../../tokens/kinds/passcode-kinds.js';
import { Passcodes } from '../../tokens/verification/passcodes.js';
import { accepted } from './accepted.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { need } from './credential-methods.js';
import { TokenChoice } from './token-choice.js';

/** Passcodes that are neither computed nor asked for: emergency codes, PINs, and those along the path of a card. */
@Injectable()
export class TypedSecrets {
  constructor(
    private readonly passcodes: Passcodes,
    private readonly kinds: PasscodeKinds,
    private readonly tokens: TokenChoice,
  ) {}

  async verify(
    order: CredentialOrder,
    method: 'EMCODE' | 'PIN' | 'GRID',
    typed: PlainSecret,
  ): Promise<AcceptedCredential> {
    const { found, token, rules, context } = order;
    const wish = { accountId: found.account.id, kinds: this.kinds.of(method), reference: token };
    const meant = await this.tokens.meant(wish);
    const attempt = { accountId: wish.accountId, authenticator: method, ...meant, typed, rules, context };
    const verdict = await this.passcodes.verify(attempt);
    if (!verdict.ok && verdict.code === 'no-usable-token') throw await this.tokens.refusal(wish);
    return accepted(method, verdict);
  }
}

/** `EMCODE`: an emergency code in `otp` (authentication methods, section 6.12), used up by the first of its rivals. */
@Injectable()
export class EmergencyCodeCredential implements CredentialCheck {
  readonly method = 'EMCODE';

  constructor(private readonly secrets: TypedSecrets) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    return this.secrets.verify(order, this.method, need(order.credential.otp, 'otp'));
  }
}

/** `PIN`: the PIN code by itself, in `pin`. */
@Injectable()
export class PinCredential implements CredentialCheck {
  readonly method = 'PIN';

  constructor(private readonly secrets: TypedSecrets) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    return this.secrets.verify(order, this.method, need(order.credential.pin, 'pin'));
  }
}
