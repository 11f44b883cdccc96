import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { PasswordChange } from '../../passwords/password-change.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { requireLength, requireSymbols } from '../../surfaces/iam-rest/rest-fields.js';
import { isPasswordRefusal, policyRefusal, PWD } from '../links/password-form.js';

/** Passwords that administrators set for users. */
@Injectable()
export class UserPassword {
  constructor(
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
  ) {}

  /** @throws RestRefusal 412/1501 `pwd` */
  async set(found: FoundPerson, typed: string, by: AdministratorCaller): Promise<void> {
    requireSymbols(PWD, typed);
    requireLength(PWD, typed);
    const password = plainSecret(typed);
    const refusal = policyRefusal(await this.requirements.problems(found, password));
    if (refusal) throw refusal;
    const client = { address: by.clientAddress, correlationId: by.correlationId };
    try {
      await this.change.carryOut({ found, event: 'user-password', actor: by.label, client }, password);
    } catch (error) {
      throw isPasswordRefusal(error) ? refusalOf(error, PWD) : error;
    }
  }
}
