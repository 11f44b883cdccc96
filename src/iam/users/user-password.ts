import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { PasswordAssignment } from '../../passwords/password-assignment.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { requireLength, requireSymbols } from '../../surfaces/iam-rest/rest-fields.js';
import { isPasswordRefusal, PWD } from '../links/password-form.js';

/** Passwords that administrators set for users, in the words of this surface. */
@Injectable()
export class UserPassword {
  constructor(private readonly assignment: PasswordAssignment) {}

  /**
   * Looks at it before anything of the user is changed.
   *
   * @throws RestRefusal 412/1501 `pwd`
   * @throws DomainError as {@link PasswordAssignment.require}
   */
  require(found: FoundPerson, typed: string, by: AdministratorCaller): Promise<void> {
    return this.spoken(() => this.assignment.require(by, found, readPassword(typed)));
  }

  /**
   * @throws RestRefusal 412/1501 `pwd`
   * @throws DomainError as {@link PasswordAssignment.assign}
   */
  set(found: FoundPerson, typed: string, by: AdministratorCaller): Promise<void> {
    return this.spoken(() => this.assignment.assign(by, found, readPassword(typed)));
  }

  private async spoken(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw isPasswordRefusal(error) ? refusalOf(error, PWD) : error;
    }
  }
}

/** The first password of a user, or another one. @throws RestRefusal 412/1501 `pwd` for its symbols or length */
export function readPassword(typed: string): PlainSecret {
  requireSymbols(PWD, typed);
  requireLength(PWD, typed);
  return plainSecret(typed);
}
