import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { SingleFlight } from '../../core/crypto/single-flight.js';
import { Database } from '../../core/database/database.js';
import type { Directory, PasswordCheck } from '../../core/directory/directory.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { type AttemptTerms, GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import { Clock } from '../../core/time/clock.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { Policies } from '../policies/policies.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { need } from './credential-methods.js';
import { type AttemptPlace, attemptAt } from './password-attempt.js';

/** Why a password does not let somebody in. */
export type PasswordRefusal = Extract<PasswordCheck, { readonly ok: false }>['code'];

/**
 * `SPASS`: the static password, checked against the directory (authentication methods, section 6.3). Attempts are counted
 * first, together with those of every other surface: strangers who guess from addresses that were never right for the
 * person use up an allowance of theirs, and lock nobody out (attack class 31).
 */
@Injectable()
export class StaticPassword implements CredentialCheck {
  readonly method = 'SPASS';

  /** The same password for the same name from the same address at the same moment is one attempt. */
  private readonly underWay = new SingleFlight<PasswordRefusal | undefined>();

  constructor(
    private readonly attempts: GuardedAttempts,
    private readonly blocks: AccountBlocks,
    private readonly policies: Policies,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * @throws DomainError `credentials-invalid`; `account-locked`, also when there were so many attempts that the password
   *   is not looked at; `account-disabled`, `account-expired`; `password-must-change` and `password-expired` for the right
   *   one; `too-many-attempts` with `retryAfter` seconds; `directory-unavailable`, and then nothing is counted
   */
  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const refusal = await this.examine(order, need(order.credential.password, 'password'));
    if (refusal !== undefined) throw new DomainError(refusal);
    return { method: this.method, token: undefined };
  }

  /** Counts an attempt, has the password looked at and writes it down. @returns why it does not let the person in */
  async examine(order: CredentialOrder, password: PlainSecret): Promise<PasswordRefusal | undefined> {
    const refusal = await this.refusal(order, password);
    await this.audit.record(this.database.manager, {
      ...order.context,
      event: refusal === undefined ? 'authenticator.verified' : 'authenticator.refused',
      outcome: refusal === undefined ? 'success' : 'refused',
      code: refusal,
      accountId: order.found.account.id,
      detail: { ...order.context.detail, authenticator: this.method },
    });
    return refusal;
  }

  /**
   * Does for nobody what {@link verify} does for a person, so that both take the same time (attack class 46).
   *
   * @param name what was typed for a name
   */
  async pretend(
    directory: Directory,
    password: PlainSecret,
    stranger: Pick<AttemptPlace, 'snapshot' | 'name' | 'rules' | 'clientAddress'>,
  ): Promise<void> {
    const attempt = attemptAt({ ...stranger, person: undefined, domainId: undefined });
    await this.underWay.run(['nobody', stranger.name, stranger.clientAddress, password], () =>
      this.attempts.run(attempt, async ({ familiar }) => {
        await directory.verifyPassword(undefined, password, { familiar });
        return { right: false, value: undefined };
      }),
    );
  }

  private async refusal(order: CredentialOrder, password: PlainSecret): Promise<PasswordRefusal | undefined> {
    const { snapshot, found, rules, clientAddress } = order;
    const { domain, person, account } = found;
    // A bind with an empty password succeeds as nobody (RFC 4513 section 5.1.2, attack class 50).
    if (password.trim() === '') return 'credentials-invalid';
    // Whoever is locked is not examined, and not counted any further (section 6.4).
    if (person.locked || (await this.blocks.isBlocked(this.database.manager, account.id))) return 'account-locked';
    const attempt = attemptAt({
      snapshot,
      rules,
      clientAddress,
      person: passwordHolder(domain, person),
      name: person.login,
      domainId: domain.id,
    });
    // Whoever was found after a change of the password does not join an attempt that began before it.
    const generation = String(account.credentialGeneration);
    const refusal = await this.underWay.run([account.id, generation, clientAddress, password], () =>
      this.attempts.run(attempt, async (terms) => {
        const value = await look(found, password, terms);
        return {
          right: value === undefined || value === 'password-must-change' || value === 'password-expired',
          value,
        };
      }),
    );
    if (refusal !== undefined) return refusal;
    const tooOld = await this.policies.isPasswordTooOld(snapshot, order, this.clock.now());
    return tooOld ? 'password-expired' : undefined;
  }
}

/** Asks the directory; beyond the allowance it does the same work without looking at the person's password. */
async function look(
  { directory, person }: FoundPerson,
  password: PlainSecret,
  { examine, familiar }: AttemptTerms,
): Promise<PasswordRefusal | undefined> {
  const check = await directory.verifyPassword(examine ? person : undefined, password, { familiar });
  if (!examine) return 'account-locked';
  if (!check.ok) return check.code;
  return person.mustChangePassword ? 'password-must-change' : undefined;
}
