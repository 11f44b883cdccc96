import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { PasswordForm } from '../core/web/password/new-password-page.js';
import { PasswordRequirements } from './password-requirements.js';

/** What the form for a new password says of a person, wherever it is shown. */
@Injectable()
export class PasswordForms {
  constructor(private readonly requirements: PasswordRequirements) {}

  /** @throws DomainError `directory-unavailable`, `directory-misconfigured` */
  async of(found: FoundPerson): Promise<PasswordForm> {
    const { login, displayName } = found.person;
    return { login, displayName, domainName: found.domain.name, rules: await this.requirements.rules(found) };
  }

  /**
   * For a form that comes back: without the rules while the directory cannot be asked for them, so that the person still
   * hears what was wrong.
   */
  async ifReachable(found: FoundPerson): Promise<PasswordForm | undefined> {
    try {
      return await this.of(found);
    } catch (error) {
      if (DomainError.is(error) && error.category === 'unavailable') return undefined;
      throw error;
    }
  }
}
