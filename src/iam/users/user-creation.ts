import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { auditedCall } from '../../core/administrators/audited-call.js';
import { Audit } from '../../core/audit/audit.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { capability } from '../../core/directory/capabilities/capability.js';
import { Directories } from '../../core/directory/directories.js';
import { passwordRefusals } from '../../core/directory/password-check.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { ownPasswordPolicy } from '../../core/policies/own-password-policy.js';
import { requireLength, requireSymbols } from '../../surfaces/iam-rest/rest-fields.js';
import { policyRefusal, PWD } from '../links/password-form.js';
import { Profiles } from './profiles.js';
import { newPersonOf, type UserForm } from './user-form.js';

/** Users that administrators make (iam-rest section 7). */
@Injectable()
export class UserCreation {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly people: People,
    private readonly profiles: Profiles,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes a user; without a password nobody logs in as them before one is set by invitation.
   *
   * @throws RestRefusal 412/1501 `pwd`
   * @throws DomainError `login-taken`, `attribute-not-valid` and what the directory says of the password
   */
  async create(
    domain: Domain,
    form: UserForm & { readonly login: string; readonly name: string },
    by: AdministratorCaller,
  ): Promise<FoundPerson> {
    const wanted = newPersonOf(form);
    const password = form.pwd === undefined ? undefined : await this.accepted(domain, form, form.pwd);
    const directory = await this.directories.for(domain);
    const made = await capability(directory, 'registry').create({ ...wanted, password });
    const found = await this.people.of(domain, directory, made.person).catch(made.undo);
    await this.database
      .transaction(async (tx) => {
        await made.write(tx);
        if (directory.kind !== 'builtin') await this.profiles.keep(tx, found.account.id, form.profile);
        await this.audit.record(tx, { event: 'user.created', outcome: 'success', ...auditedCall(by, found) });
      })
      .catch(made.undo);
    return found;
  }

  private async accepted(
    domain: Domain,
    { login, name }: { readonly login: string; readonly name: string },
    typed: string,
  ): Promise<PlainSecret> {
    requireSymbols(PWD, typed);
    requireLength(PWD, typed);
    const password = plainSecret(typed);
    const subject = { domainId: domain.id, logins: [login] };
    const policy = ownPasswordPolicy(await this.configuration.snapshot(), subject);
    const problems = policy === 'directory' ? [] : passwordRefusals(policy, password, { login, displayName: name });
    const refusal = policyRefusal(problems);
    if (refusal) throw refusal;
    return password;
  }
}
