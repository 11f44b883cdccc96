import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PasswordChange } from '../../passwords/password-change.js';
import type { PasswordTask } from '../../passwords/password-task.js';
import { PasswordTurns } from '../../passwords/password-turns.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { UserReference } from '../../surfaces/auth-envelope/references.js';
import { actorOf, addressOf } from '../credentials/credential-order.js';
import type { CredentialOrder } from '../credentials/credential-check.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credential } from '../credentials/credential.js';
import { type PasswordRefusal, StaticPassword } from '../credentials/static-password.js';
import { NewPasswordRules } from './new-password-rules.js';
import { Verification } from './verification.js';

/** Two passwords as they were typed. */
export interface PasswordPair {
  readonly oldPassword: PlainSecret;
  readonly newPassword: PlainSecret;
}

/** Refusals that say that a password is the right one all the same. */
const RIGHT: ReadonlySet<PasswordRefusal> = new Set(['password-must-change', 'password-expired'] as const);

/** A person changes their own password by way of an agent (authentication methods, sections 4.19 and 6.10). */
@Injectable()
export class OwnPasswordChange {
  constructor(
    private readonly verification: Verification,
    private readonly orders: CredentialOrders,
    private readonly passwords: StaticPassword,
    private readonly rules: NewPasswordRules,
    private readonly change: PasswordChange,
    private readonly turns: PasswordTurns,
    private readonly accounts: Accounts,
  ) {}

  /**
   * @throws AuthRefusal, DomainError as `Verification.person` and `StaticPassword.examine`; `password-*` for the first
   *   rule that the new one breaks; `password-change-forbidden`; and as `PasswordTurns.take`, `PasswordChange.carryOut`
   */
  async carryOut(caller: AuthCaller, user: UserReference, pair: PasswordPair): Promise<void> {
    const credential = Object.assign(new Credential(), { method: 'SPASS', password: pair.oldPassword });
    const found = await this.verification.person(caller, user, credential);
    const order = await this.orders.of(caller, credential, { found });
    await this.turns.take(found, () => this.inTurn(caller, order, pair));
  }

  private async inTurn(
    caller: AuthCaller,
    order: CredentialOrder,
    { oldPassword, newPassword }: PasswordPair,
  ): Promise<void> {
    const { found } = order;
    const refusal = await this.passwords.examine(order, oldPassword);
    if (refusal !== undefined && !RIGHT.has(refusal)) throw new DomainError(refusal);
    const task: PasswordTask = {
      found,
      event: 'password-change',
      actor: actorOf(caller),
      client: { address: addressOf(caller), correlationId: caller.correlationId },
    };
    if (!(await this.rules.isOpen(order))) throw new DomainError('password-change-forbidden');
    const problem = await this.rules.problem(order, oldPassword, newPassword);
    if (problem) {
      const { code, params } = problem;
      await this.change.recordRefusal(task, code);
      throw new DomainError(code, { params });
    }
    await this.change.carryOut(task, newPassword, { complete: (tx) => this.requireUnchanged(tx, found) });
  }

  /**
   * Of several changes with one old password the first counts; for the others it is the old one no more. Those in a remote
   * directory come one after the other.
   */
  private async requireUnchanged(tx: Tx, { account, directory }: FoundPerson): Promise<void> {
    if (directory.kind !== 'builtin') return;
    const now = await this.accounts.byId(tx, account.id);
    if (now?.credentialGeneration !== account.credentialGeneration) throw new DomainError('credentials-invalid');
  }
}
