import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SingleFlight } from '../crypto/single-flight.js';
import { plainSecret, type PlainSecret } from '../crypto/secret-types.js';
import { Database } from '../database/database.js';
import { Directories } from '../directory/directories.js';
import { type FoundPerson, requireUsable } from '../directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../domains/configuration.js';
import { DomainError } from '../errors/domain-error.js';
import { Throttle, type ThrottleRule } from '../throttle/throttle.js';
import { addressBucket } from '../web/client-address.js';
import type { Role } from './administrator.entity.js';
import { Administrators, type HeldRole } from './administrators.js';
import { ManagerNames } from './manager-names.js';
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

type Candidate = { readonly found: FoundPerson; readonly held: HeldRole } | { readonly refusal: string };

/** Failed log-ins of one address (manager-json-rpc section 13): the sixth within three minutes is not looked at. */
const FAILED_LOGINS: ThrottleRule = { name: 'manager-login', limit: 5, window: 180 };

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
    private readonly directories: Directories,
    private readonly configuration: Configuration,
    private readonly throttle: Throttle,
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
    const bucket = addressBucket(credentials.clientAddress);
    const counted = await this.throttle.hit(FAILED_LOGINS, bucket);
    const takeBack = (): Promise<void> => this.throttle.refund(FAILED_LOGINS, bucket, counted);
    if (!counted.allowed) {
      // Not looked at, so not a failure: right log-ins that came too many at once must not ban the address for later.
      await takeBack();
      throw new DomainError('too-many-attempts', { params: { retryAfter: counted.retryAfter } });
    }
    const snapshot = await this.configuration.snapshot();
    try {
      const manager = await this.prove(snapshot, credentials);
      await takeBack();
      return manager;
    } catch (error) {
      // A directory that is down says nothing about the guess; the client may try again at once.
      if (DomainError.is(error, 'directory-unavailable', 'directory-misconfigured')) await takeBack();
      else if (DomainError.is(error, 'credentials-invalid')) await this.recordFailure(credentials, error);
      throw error;
    }
  }

  /**
   * Who cannot be let in whatever the password is has it checked as nobody's: only administrators can be guessed at
   * here, and only they be locked by it (attack class 31).
   */
  private async prove(
    snapshot: ConfigurationSnapshot,
    { user, password, certificate }: ManagerCredentials,
  ): Promise<AuthenticatedManager> {
    const mode = snapshot.setting(managerAuth);
    const { domain, found } = await this.names.find(snapshot, mode, user);
    const candidate = await this.candidate(found, mode === 'PKI' ? { certificate } : undefined);
    const person = 'held' in candidate ? candidate.found.person : undefined;
    const directory = found?.directory ?? (domain && (await this.directories.for(domain)));
    const check = await directory?.verifyPassword(person, plainSecret(password));
    if (!('held' in candidate)) throw invalid(candidate.refusal);
    if (!check?.ok) throw invalid(check?.code ?? 'no directory');
    if (!candidate.held.bound) await this.administrators.bind(candidate.found);
    return manager(candidate.found, candidate.held.role);
  }

  /** The administrator whom a name means, or why it means none. */
  private async candidate(
    found: FoundPerson | undefined,
    proof: { readonly certificate: string | undefined } | undefined,
  ): Promise<Candidate> {
    if (!found) return { refusal: 'unknown name' };
    try {
      requireUsable(found);
    } catch (error) {
      return { refusal: error instanceof DomainError ? error.code : 'not usable' };
    }
    const held = await this.administrators.heldBy(found);
    if (!held) return { refusal: 'not an administrator' };
    const certified = !proof || (await this.administrators.hasCertificate(found, proof.certificate));
    return certified ? { found, held } : { refusal: 'no certificate of this administrator' };
  }

  private async recordFailure(credentials: ManagerCredentials, error: DomainError): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'manager-login.refused',
      outcome: 'refused',
      code: error.code,
      actor: 'anonymous',
      clientAddress: credentials.clientAddress,
      correlationId: credentials.correlationId,
      detail: { user: credentials.user.slice(0, 200), reason: error.detail ?? '' },
    });
  }
}

function manager({ domain, person, account }: FoundPerson, role: Role): AuthenticatedManager {
  return { label: `${domain.name}\\${person.login}`, accountId: account.id, domainId: domain.id, role };
}

function invalid(detail: string): DomainError {
  return new DomainError('credentials-invalid', { detail });
}
