import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { InterruptedSubmissions } from '../../core/requests/interrupted-submissions.js';
import type { HeldRequest } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { InterruptedPasswordChange } from '../../passwords/interrupted-password-change.js';
import { Lockout } from '../../passwords/lockout.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import { RequestedPasswordChange } from '../../passwords/requested-password-change.js';
import { pwdResetUnlocks } from '../recovery/recovery-settings.js';
import { accountRecovery, invitation } from './link-purposes.js';

/** New passwords by link, with everything that follows from them: sessions and other links end, a notice is mailed. */
@Injectable()
export class NewPasswords {
  constructor(
    submissions: InterruptedSubmissions,
    interrupted: InterruptedPasswordChange,
    private readonly requirements: PasswordRequirements,
    private readonly change: RequestedPasswordChange,
    private readonly lockout: Lockout,
    private readonly configuration: Configuration,
  ) {
    for (const purpose of [accountRecovery, invitation]) interrupted.lookAfter(submissions, purpose, pwdResetUnlocks);
  }

  problems(found: FoundPerson, password: PlainSecret): Promise<PasswordProblem[]> {
    return this.requirements.problems(found, password);
  }

  /**
   * @returns whether this call carried it out; false when another one did or is doing so
   * @throws DomainError as `RequestedPasswordChange.carryOut`
   */
  async carryOut(held: HeldRequest, password: PlainSecret, client: Client): Promise<boolean> {
    if (!(await this.change.carryOut({ ...held, from: 'unopened' }, password, client))) return false;
    const lift = (await this.configuration.snapshot()).setting(pwdResetUnlocks, held.found.domain.id);
    await this.lockout.settle(held.found, lift);
    return true;
  }
}
