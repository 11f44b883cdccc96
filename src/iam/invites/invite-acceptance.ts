import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import { capability } from '../../core/directory/capabilities/capability.js';
import type { PersonChanges } from '../../core/directory/capabilities/person-registry.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { Client } from '../../core/web/clients.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import {
  optionalText,
  requireLength,
  requirePresent,
  requireSymbols,
  textOf,
} from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { invitation } from '../links/link-purposes.js';
import { PWD } from '../links/password-form.js';
import { PasswordLink } from '../links/password-link.js';
import { requireName } from '../registration/registration-form.js';

/** Somebody takes an invitation up: a password, and perhaps another login and name (iam-rest section 5). */
@Injectable()
export class InviteAcceptance {
  constructor(
    private readonly links: PasswordLink,
    private readonly administrators: Administrators,
  ) {}

  /**
   * Login and name are changed before the password, so that a login that is taken costs nothing but another try.
   *
   * @throws RestRefusal 404/1404, 412/1501
   */
  async accept(id: string, body: JsonObject, client: Client): Promise<{ domain: string; login: string }> {
    requirePresent(body, PWD);
    const held = await this.links.look(invitation, id, client);
    const typed = textOf(body, PWD);
    const changes = changesOf(body, held.found);
    if (changes.login !== undefined) await this.requireUnreserved(held.found, changes.login);
    const { domain, directory, person } = held.found;
    const changed =
      Object.keys(changes).length === 0 ? person : await capability(directory, 'registry').change(person, changes);
    await this.links.setPassword({ ...held, found: { ...held.found, person: changed } }, typed, client);
    return { domain: domain.name, login: changed.login };
  }

  /** Neither may a login be taken that a role waits for, nor may one with a role be given away. */
  private async requireUnreserved(found: FoundPerson, login: string): Promise<void> {
    const role = await this.administrators.roleOfLogin(found.domain, login);
    if (role !== undefined || (await this.administrators.roleOf(found)) !== undefined) {
      throw new DomainError('login-taken');
    }
    if (found.directory.kind !== 'builtin') throw RestRefusal.field('login', 'login cannot be changed');
  }
}

function changesOf(body: JsonObject, { person }: FoundPerson): PersonChanges {
  const login = optionalText(body, 'login');
  const name = optionalText(body, 'name')?.trim();
  if (login !== undefined) {
    requireSymbols('login', login);
    requireLength('login', login);
  }
  if (name !== undefined) requireName(name);
  return {
    ...(login !== undefined && login !== person.login && { login }),
    ...(name !== undefined && name !== person.displayName && { displayName: name }),
  };
}
