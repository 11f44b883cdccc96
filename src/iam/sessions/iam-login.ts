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
import type { SessionKind } from '../../sessions/session.entity.js';
import { type OpenedSession, Sessions } from '../../sessions/sessions.js';
import { BanFilter } from './ban-filter.js';
import { LoginNames, type NamedPerson } from './login-names.js';

export interface Credentials {
  readonly domain: string;
  readonly login: string;
  readonly password: PlainSecret;
}

export interface LoggedIn extends OpenedSession {
  readonly found: FoundPerson;
}

/** A right password that must be changed before it lets anybody in. */
const NOT_ANY_MORE = ['password-expired', 'password-must-change'] as const;

/**
 * Logs people in with domain, login and password (iam-rest section 2). An attempt is counted before the password is
 * looked at, and the work is the same whether the domain and the person exist or not (attack classes 26 and 46).
 */
@Injectable()
export class IamLogin {
  constructor(
    private readonly names: LoginNames,
    private readonly configuration: Configuration,
    private readonly bans: BanFilter,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * @throws RestRefusal 403/1403 when the address is banned
   * @throws DomainError `credentials-invalid`; `password-expired`, `password-must-change` when the password is right;
   *   `directory-unavailable`
   */
  async logIn(
    credentials: Credentials,
    kind: SessionKind,
    client: Client,
    clientName: string | undefined,
  ): Promise<LoggedIn> {
    const named = await this.names.find(credentials.domain, credentials.login);
    const refusal = await this.prove(named, credentials, client);
    const found = refusal === undefined ? await this.names.holder(named) : undefined;
    const opened =
      found && isUsable(found)
        ? await this.sessions.open({ account: found.account, kind, clientAddress: client.address, clientName })
        : undefined;
    await this.record(named, opened ? undefined : (refusal ?? 'account-not-activated'), client);
    if (opened && found) return { ...opened, found };
    const known = NOT_ANY_MORE.find((code) => code === refusal);
    throw new DomainError(known ?? 'credentials-invalid', { detail: refusal ?? 'account-not-activated' });
  }

  /** Why these credentials let nobody in; undefined when they do. */
  private async prove(
    { domain, directory, person }: NamedPerson,
    { login, password }: Credentials,
    client: Client,
  ): Promise<string | undefined> {
    // Who is switched off counts as nobody: no password of theirs is looked at.
    const asked = person && !person.disabled && !person.expired ? person : undefined;
    const attempt = {
      person: domain && asked ? passwordHolder(domain, asked) : undefined,
      name: login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain?.id),
      clientAddress: client.address,
    };
    return this.bans.run(attempt, async ({ examine, familiar }) => {
      const check = await directory?.verifyPassword(examine ? asked : undefined, password, { familiar });
      const code = !check ? 'no directory' : check.ok ? undefined : check.code;
      const value = asked && examine ? code : 'unknown name, or too many attempts';
      return { right: value === undefined, value };
    });
  }

  private async record({ domain, person }: NamedPerson, refusal: string | undefined, client: Client): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: refusal === undefined ? 'iam-login.completed' : 'iam-login.refused',
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
