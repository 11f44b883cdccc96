import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { PasswordChange } from '../passwords/password-change.js';
import { PasswordRequirements } from '../passwords/password-requirements.js';

/** Sets people's passwords for an administrator (manager-json-rpc section 12, `Set_User_Password`). */
@Injectable()
export class PasswordAssignment {
  constructor(
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
  ) {}

  /**
   * @param mustChange whether the directory asks for another one at the next log-on
   * @throws DomainError for the first rule that the password breaks, and as `PasswordChange.carryOut`;
   *   `password-change-forbidden`, `directory-unsupported`
   */
  async assign(
    caller: AdministratorCaller,
    found: FoundPerson,
    { password, mustChange }: { readonly password: string; readonly mustChange: boolean },
  ): Promise<void> {
    const { directory, person } = found;
    if (!person.mayChangePassword) throw new DomainError('password-change-forbidden');
    const expiry = mustChange ? capability(directory, 'passwordExpiry') : undefined;
    const secret = plainSecret(password);
    const [problem] = await this.requirements.problems(found, secret);
    if (problem) throw new DomainError(problem.code, { params: problem.params });
    const client = { address: caller.clientAddress, correlationId: caller.correlationId };
    await this.change.carryOut({ found, event: 'password-set', actor: caller.label, client }, secret);
    await expiry?.demandChange(person);
  }
}
