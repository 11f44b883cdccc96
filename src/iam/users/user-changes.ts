import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { PersonChange } from '../../people/person-change.js';
import { PersonCreation } from '../../people/person-creation.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { isPasswordRefusal, PWD } from '../links/password-form.js';
import { changesOf, newPersonOf, type UserForm } from './user-form.js';
import { readPassword, UserPassword } from './user-password.js';

/** Users that administrators make, change and remove (iam-rest section 7). */
@Injectable()
export class UserChanges {
  constructor(
    private readonly creation: PersonCreation,
    private readonly people: PersonChange,
    private readonly passwords: UserPassword,
  ) {}

  /**
   * @throws RestRefusal 412/1501 `pwd`
   * @throws DomainError as {@link PersonCreation.create}
   */
  async create(
    domain: Domain,
    form: UserForm & { readonly login: string; readonly name: string },
    by: AdministratorCaller,
  ): Promise<FoundPerson> {
    const { pwd } = form;
    const wanted = { ...newPersonOf(form), ...(pwd !== undefined && { password: readPassword(pwd) }) };
    try {
      return await this.creation.create(domain, wanted, by);
    } catch (error) {
      throw isPasswordRefusal(error) ? refusalOf(error, PWD) : error;
    }
  }

  /**
   * A password that will not do leaves everything else as it was, too.
   *
   * @throws RestRefusal 412/1501 `pwd`
   * @throws DomainError as {@link UserPassword.set}, {@link PersonChange.change}
   */
  async change(found: FoundPerson, form: UserForm, by: AdministratorCaller): Promise<FoundPerson> {
    if (form.pwd !== undefined) await this.passwords.require(found, form.pwd, by);
    const changed = await this.people.change(found, changesOf(form), by);
    if (form.pwd !== undefined) await this.passwords.set(changed, form.pwd, by);
    return changed;
  }

  /** @throws DomainError as {@link PersonChange.remove} */
  remove(found: FoundPerson, by: AdministratorCaller): Promise<void> {
    return this.people.remove(found, by);
  }
}
