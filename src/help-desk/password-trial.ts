import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { attemptAllowances } from '../core/throttle/attempt-settings.js';
import { GuardedAttempts } from '../core/throttle/guarded-attempt.js';
import type { ThrottleRule } from '../core/throttle/throttle-rule.js';

/**
 * Wrong passwords from one address. A portal asks for many people from one, so that a stranger who types wrong ones into
 * it must not use up what the others need: what bounds guessing here are the allowances of each person.
 */
const PER_ADDRESS: ThrottleRule = { name: 'password-trial', limit: 900, window: 180 };

/**
 * Tries people's passwords for an administrator (manager-json-rpc section 12, `Check_User_Password`). Attempts are counted
 * first and together with those of every other surface, so that a portal is no way around the limits (attack classes 26
 * to 30).
 */
@Injectable()
export class PasswordTrial {
  constructor(
    private readonly attempts: GuardedAttempts,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Whether the person could log in with this password. One that has run out, or must be changed, does not let anybody
   * in, and does not count as a wrong one either.
   *
   * @throws DomainError `access-denied` for the caller's own, which the call itself has proved: a stranger who types wrong
   *   ones into a portal would keep the portal out with them; `too-many-attempts`, and `account-locked`,
   *   `account-disabled` or `account-expired` where the directory says so
   */
  async isRight(caller: AdministratorCaller, found: FoundPerson, password: string): Promise<boolean> {
    const { domain, directory, person, account } = found;
    if (account.id === caller.accountId) throw new DomainError('access-denied', { detail: 'the own account' });
    const attempt = {
      secret: 'password',
      person: `${domain.directory} ${person.key}`,
      name: person.login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain.id),
      perAddress: PER_ADDRESS,
      clientAddress: caller.clientAddress,
    };
    return this.attempts.run(attempt, async ({ examine, familiar }) => {
      const asked = examine ? person : undefined;
      const check = await directory.verifyPassword(asked, plainSecret(password), { familiar });
      if (!examine) throw new DomainError('too-many-attempts', { detail: 'at this person' });
      if (check.ok) return { right: true, value: true };
      if (check.code === 'credentials-invalid') return { right: false, value: false };
      if (check.code === 'password-must-change' || check.code === 'password-expired')
        return { right: true, value: false };
      throw new DomainError(check.code, { params: { dn: person.dn } });
    });
  }
}
