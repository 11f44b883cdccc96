import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { Audit } from '../core/audit/audit.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { NewPerson } from '../core/directory/capabilities/person-registry.js';
import { Directories } from '../core/directory/directories.js';
import { passwordRefusals } from '../core/directory/password-check.js';
import { type FoundPerson, People } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import type { Domain } from '../core/domains/domain.entity.js';
import { DomainError } from '../core/errors/domain-error.js';
import { ownPasswordPolicy } from '../core/policies/own-password-policy.js';
import { PersonStates } from './person-states.js';
import type { PersonProfile } from './person-profile.js';
import { Profiles } from './profiles.js';

/** Whom to make. */
export interface WantedPerson extends NewPerson {
  readonly profile?: PersonProfile | undefined;
  /** `inactive`: nothing can be done for the person until somebody activates them ({@link PersonStates}). */
  readonly state?: 'active' | 'inactive' | undefined;
}

/** People whom administrators make: built-in ones, or entries of the domain's own directory. */
@Injectable()
export class PersonCreation {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly people: People,
    private readonly profiles: Profiles,
    private readonly states: PersonStates,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes a person; without a password nobody logs in as them before one is set. Whether the caller may give this login to
   * somebody (`PeopleReach.requireLogin`) was settled before.
   *
   * @param besides what is to be written in the same transaction
   * @throws DomainError `login-taken`, `attribute-not-valid`, `directory-rights-missing`, and for the password the first
   *   rule of ours that it breaks, or what the directory says of it
   */
  async create(
    domain: Domain,
    wanted: WantedPerson,
    by: AdministratorCaller,
    besides: (tx: Tx, found: FoundPerson) => Promise<void> = () => Promise.resolve(),
  ): Promise<FoundPerson> {
    if (wanted.password !== undefined) await this.requireGoodPassword(domain, wanted, wanted.password);
    const directory = await this.directories.for(domain);
    const made = await capability(directory, 'registry').create(wanted);
    const found = await this.people.of(domain, directory, made.person).catch(made.undo);
    await this.database
      .transaction(async (tx) => {
        await made.write(tx);
        if (directory.kind !== 'builtin') await this.profiles.keep(tx, found.account.id, wanted.profile ?? {});
        if (wanted.state === 'inactive') await this.states.keepOut(tx, found.account);
        await this.audit.record(tx, { event: 'user.created', outcome: 'success', ...auditedCall(by, found) });
        await besides(tx, found);
      })
      .catch(made.undo);
    return found;
  }

  private async requireGoodPassword(
    domain: Domain,
    { login, displayName }: WantedPerson,
    password: PlainSecret,
  ): Promise<void> {
    const subject = { domainId: domain.id, logins: [login] };
    const policy = ownPasswordPolicy(await this.configuration.snapshot(), subject);
    const context = { login, displayName, domain: domain.name };
    const [problem] = policy === 'directory' ? [] : passwordRefusals(policy, password, context);
    if (problem) throw new DomainError(problem.code, { params: problem.params });
  }
}
