import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SingleFlight } from '../crypto/single-flight.js';
import type { PlainSecret } from '../crypto/secret-types.js';
import { Database } from '../database/database.js';
import type { PasswordCheck } from '../directory/directory.js';
import { passwordHolder } from '../directory/password-holder.js';
import { People } from '../directory/people.js';
import { Configuration } from '../domains/configuration.js';
import { DomainError } from '../errors/domain-error.js';
import { attemptAllowances } from '../throttle/attempt-settings.js';
import { type AttemptTerms, type GuardedAttempt, GuardedAttempts } from '../throttle/guarded-attempt.js';
import type { ThrottleRule } from '../throttle/throttle-rule.js';
import type { Role } from './administrator.entity.js';
import { Administrators, type Standing } from './administrators.js';
import { ManagerNames, type NamedManager } from './manager-names.js';
import { managerAuth } from './manager-settings.js';

/** Credentials as a client of the JSON-RPC surface sent them. */
export interface ManagerCredentials {
  readonly user: string;
  readonly password: PlainSecret;
  /** SHA-256 of the client certificate that our listener verified, 64 hex digits. */
  readonly certificate: string | undefined;
  readonly clientAddress: string;
  readonly correlationId: string;
}

/** An administrator who has proved to be one. */
export interface AuthenticatedManager {
  /** `DOMAIN\login` */
  readonly label: string;
  readonly accountId: string;
  readonly domainId: string;
  readonly role: Role;
}

/** Failed log-ins of one address (manager-json-rpc section 13): the sixth within three minutes is not looked at. */
const FAILED_LOGINS: ThrottleRule = { name: 'manager-login', limit: 5, window: 180 };

/** In the audit in place of a name that nobody has: it may be a password, typed into the wrong field. */
const NOBODYS_NAME = '(unknown)';

/**
 * Authenticates administrators (manager-json-rpc section 2).
 *
 * The attempt is counted before the password is looked at and taken back when it was right. Calls under way at the same
 * moment with the same credentials from the same address are one attempt: they are one portal, and cannot learn more
 * than one call could.
 */
@Injectable()
export class ManagerLogin {
  private readonly underWay = new SingleFlight<AuthenticatedManager>();

  constructor(
    private readonly names: ManagerNames,
    private readonly administrators: Administrators,
    private readonly people: People,
    private readonly configuration: Configuration,
    private readonly attempts: GuardedAttempts,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds, `credentials-invalid`, `directory-unavailable`
   */
  authenticate(credentials: ManagerCredentials): Promise<AuthenticatedManager> {
    const { clientAddress, user, password, certificate } = credentials;
    return this.underWay.run([clientAddress, user, password, certificate], () => this.attempt(credentials));
  }

  private async attempt(credentials: ManagerCredentials): Promise<AuthenticatedManager> {
    await this.attempts.requireRoom(FAILED_LOGINS, credentials.clientAddress);
    const snapshot = await this.configuration.snapshot();
    const mode = snapshot.setting(managerAuth);
    const named = await this.names.find(snapshot, mode, credentials.user);
    const standing = await this.administrators.standing(named, mode === 'PKI' ? credentials : undefined);
    const { domain, person } = named;
    const attempt: GuardedAttempt = {
      secret: 'password',
      // Who cannot be let in whatever the password is counts as nobody: only administrators can be guessed at here.
      person: domain && person && 'role' in standing ? passwordHolder(domain, person) : undefined,
      name: credentials.user,
      allowances: attemptAllowances(snapshot, domain?.id),
      perAddress: FAILED_LOGINS,
      clientAddress: credentials.clientAddress,
    };
    const refusal = await this.attempts.run(attempt, async (terms) => {
      const value = await this.refusal(named, standing, credentials.password, terms);
      return { right: value === undefined, value };
    });
    if (refusal === undefined) return this.admit(named, standing);
    await this.recordFailure(credentials, person !== undefined, refusal);
    throw new DomainError('credentials-invalid', { detail: refusal });
  }

  /**
   * Why these credentials let nobody in; undefined when they do. Who is no administrator has the password checked as
   * nobody's, so that they cannot be locked by it (attack class 31) and the work is the same (attack class 46).
   */
  private async refusal(
    { directory, person }: NamedManager,
    standing: Standing,
    password: PlainSecret,
    { examine, familiar }: AttemptTerms,
  ): Promise<string | undefined> {
    const asked = examine && 'role' in standing ? person : undefined;
    const check: PasswordCheck | undefined = await directory?.verifyPassword(asked, password, { familiar });
    if ('refusal' in standing) return standing.refusal;
    if (!examine) return 'too many attempts at this person';
    if (!check) return 'no directory';
    return check.ok ? undefined : check.code;
  }

  private async admit(named: NamedManager, standing: Standing): Promise<AuthenticatedManager> {
    const { domain, directory, person } = named;
    if (!domain || !directory || !person || !('role' in standing)) throw new Error('nobody was let in');
    const found = await this.people.of(domain, directory, person);
    if (!standing.bound) await this.administrators.bind(found);
    const label = `${domain.name}\\${person.login}`;
    return { label, accountId: found.account.id, domainId: domain.id, role: standing.role };
  }

  private async recordFailure(credentials: ManagerCredentials, known: boolean, reason: string): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'manager-login.refused',
      outcome: 'refused',
      code: 'credentials-invalid',
      actor: 'anonymous',
      clientAddress: credentials.clientAddress,
      correlationId: credentials.correlationId,
      detail: { user: known ? credentials.user.slice(0, 200) : NOBODYS_NAME, reason },
    });
  }
}
