import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { isOwnAccount } from '../core/administrators/own-account.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { mayUse } from '../core/administrators/rights.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { capability } from '../core/directory/capabilities/capability.js';
import { Accounts } from '../core/directory/accounts.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { PasswordChange } from './password-change.js';
import { PasswordRequirements } from './password-requirements.js';
import type { PasswordTask } from './password-task.js';

/**
 * Passwords that administrators set for other people, on every surface (manager-json-rpc section 12, `Set_User_Password`;
 * iam-rest section 7, `pwd`). Who may: a role with the right that reaches the person (attack class 65). Nobody sets the own
 * one like this: that takes the old one, so that who has got hold of a session has not got the account. What the
 * directory forbids the person, it forbids them too.
 */
@Injectable()
export class PasswordAssignment {
  constructor(
    private readonly people: ReachablePeople,
    private readonly accounts: Accounts,
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
  ) {}

  /**
   * As {@link assign} as far as it can be told before anything is changed: for a call that changes more than the password.
   *
   * @throws DomainError `access-denied`, `password-change-forbidden`, or the first rule of ours that the password breaks
   */
  async require(by: AdministratorCaller, found: FoundPerson, password: PlainSecret): Promise<void> {
    const own = await isOwnAccount(this.accounts, by, found);
    if (own || !mayUse(by.role, 'handle-passwords')) {
      throw new DomainError('access-denied', own ? { detail: 'the own password' } : {});
    }
    await this.people.requireReach(by, found);
    if (!found.person.mayChangePassword) throw new DomainError('password-change-forbidden');
    const [problem] = await this.requirements.problems(found, password);
    if (!problem) return;
    await this.change.recordRefusal(taskOf(by, found), problem.code);
    throw new DomainError(problem.code, { params: problem.params });
  }

  /**
   * Sets it, with everything that follows from a new password.
   *
   * @param demands.mustChange whether the directory asks for another one at the next log-on
   * @throws DomainError as {@link require} and `PasswordChange.carryOut`; `directory-unsupported` for one that cannot ask
   */
  async assign(
    by: AdministratorCaller,
    found: FoundPerson,
    password: PlainSecret,
    { mustChange = false }: { readonly mustChange?: boolean } = {},
  ): Promise<void> {
    const { directory, person } = found;
    await this.require(by, found, password);
    const expiry = mustChange ? capability(directory, 'passwordExpiry') : undefined;
    await this.change.carryOut(taskOf(by, found), password);
    await expiry?.demandChange(person);
  }
}

function taskOf({ label, clientAddress, correlationId }: AdministratorCaller, found: FoundPerson): PasswordTask {
  return { found, event: 'password-set', actor: label, client: { address: clientAddress, correlationId } };
}
