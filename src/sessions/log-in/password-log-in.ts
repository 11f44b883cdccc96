import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { type FoundPerson, isUsable } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { attemptAllowances } from '../../core/throttle/attempt-settings.js';
import type { Client } from '../../core/web/clients.js';
import type { SessionKind } from '../session.entity.js';
import { type OpenedSession, Sessions } from '../sessions.js';
import { LoginNames, type NamedPerson } from './login-names.js';
import { LogInGate, type PasswordGate } from './password-gate.js';

export interface Credentials {
  readonly domain: string;
  readonly login: string;
  readonly password: PlainSecret;
}

/** Where credentials were typed. */
export interface LogInTerms {
  /** First part of the names of the audit rows, e.g. `iam-login`. */
  readonly event: string;
  readonly client: Client;
  /** Absent: {@link LogInGate}. */
  readonly gate?: PasswordGate;
}

/** What a session is begun with. */
export interface SessionTerms {
  readonly kind: SessionKind;
  readonly clientName: string | undefined;
}

export interface LoggedIn extends OpenedSession {
  readonly found: FoundPerson;
}

interface Finding {
  readonly named: NamedPerson;
  readonly result: FoundPerson | string;
}

/** A right password that must be changed before it lets anybody in. */
const NOT_ANY_MORE = ['password-expired', 'password-must-change'] as const;
/** Why nobody is let in by a right password. */
const NOT_ACTIVE = 'account-not-activated';

/**
 * Logs people in with domain, login and password. An attempt is counted before the password is looked at, and the work is
 * the same whether the domain and the person exist or not (attack classes 26 and 46).
 */
@Injectable()
export class PasswordLogIn {
  constructor(
    private readonly names: LoginNames,
    private readonly configuration: Configuration,
    private readonly usualGate: LogInGate,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * The person with these credentials; no session is begun.
   *
   * @throws DomainError `credentials-invalid`; `password-expired`, `password-must-change` when the password is right;
   *   `directory-unavailable`; `too-many-attempts` with `retryAfter` seconds, or what the gate throws in its place
   */
  async prove(credentials: Credentials, terms: LogInTerms): Promise<FoundPerson> {
    const { named, result } = await this.look(credentials, terms);
    await this.record(named, typeof result === 'string' ? result : undefined, terms);
    if (typeof result === 'string') throw refusalOf(result);
    return result;
  }

  /** Begins a session for the person with these credentials. @throws as {@link prove} */
  async logIn(credentials: Credentials, terms: LogInTerms, { kind, clientName }: SessionTerms): Promise<LoggedIn> {
    const { named, result } = await this.look(credentials, terms);
    const clientAddress = terms.client.address;
    const opened =
      typeof result === 'string'
        ? undefined
        : await this.sessions.open({ account: result.account, begunBy: 'password', kind, clientAddress, clientName });
    const refusal = typeof result === 'string' ? result : opened ? undefined : NOT_ACTIVE;
    await this.record(named, refusal, terms);
    if (!opened || typeof result === 'string') throw refusalOf(refusal ?? NOT_ACTIVE);
    return { ...opened, found: result };
  }

  private async look(credentials: Credentials, terms: LogInTerms): Promise<Finding> {
    const named = await this.names.find(credentials.domain, credentials.login);
    const refusal = await this.refusal(named, credentials, terms);
    if (refusal !== undefined) return { named, result: refusal };
    const found = await this.names.holder(named);
    return { named, result: found && isUsable(found) ? found : NOT_ACTIVE };
  }

  /** Why these credentials let nobody in; undefined when they do. */
  private async refusal(
    { domain, directory, person }: NamedPerson,
    { login, password }: Credentials,
    { client, gate = this.usualGate }: LogInTerms,
  ): Promise<string | undefined> {
    // Who is switched off counts as nobody: no password of theirs is looked at.
    const asked = person && !person.disabled && !person.expired ? person : undefined;
    const attempt = {
      person: domain && asked ? passwordHolder(domain, asked) : undefined,
      name: login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain?.id),
      clientAddress: client.address,
    };
    return gate.run(attempt, async ({ examine, familiar }) => {
      const check = await directory?.verifyPassword(examine ? asked : undefined, password, { familiar });
      const code = !check ? 'no directory' : check.ok ? undefined : check.code;
      const value = asked && examine ? code : 'unknown name, or too many attempts';
      return { right: value === undefined, value };
    });
  }

  private async record(
    { domain, person }: NamedPerson,
    refusal: string | undefined,
    { event, client }: LogInTerms,
  ): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: refusal === undefined ? `${event}.completed` : `${event}.refused`,
      outcome: refusal === undefined ? 'success' : 'refused',
      ...(refusal !== undefined && { code: 'credentials-invalid' as const, detail: { reason: refusal } }),
      actor: refusal === undefined ? 'person' : 'anonymous',
      clientAddress: client.address,
      correlationId: client.correlationId,
      domain: domain?.name,
      // A name that nobody has may be a password, typed into the wrong field.
      target: person?.dn,
    });
  }
}

function refusalOf(refusal: string): DomainError {
  const known = NOT_ANY_MORE.find((code) => code === refusal);
  return new DomainError(known ?? 'credentials-invalid', { detail: refusal });
}
