import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../core/crypto/equal-secrets.js';
import { plainSecret, type PlainSecret } from '../core/crypto/secret-types.js';
import { passwordRefusals } from '../core/directory/password-check.js';
import { passwordPolicy, passwordPolicyText, rulesOf, stricterRules } from '../core/directory/password-policy.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { PasswordChange } from './password-change.js';
import type {
  ClientInfo,
  Landing,
  PasswordForm,
  PasswordProblem,
  PasswordResetPages,
  SubmitResult,
} from './password-reset-pages.js';
import { resetUnlocks } from './pwreset-settings.js';
import { type OpenedReset, PasswordResetSession } from './pwreset-session.service.js';

/** The steps behind the pages. */
@Injectable()
export class PasswordResetPagesService implements PasswordResetPages {
  constructor(
    private readonly sessions: PasswordResetSession,
    private readonly change: PasswordChange,
    private readonly configuration: Configuration,
  ) {}

  landing(link: string): Promise<Landing | undefined> {
    return this.sessions.landing(link);
  }

  open(link: string, client: ClientInfo): Promise<PlainSecret | undefined> {
    return this.sessions.open(link, client);
  }

  async form(session: string): Promise<PasswordForm | undefined> {
    const opened = await this.sessions.resume(session);
    if (!opened) return undefined;
    const { domain, directory, person } = opened.found;
    const snapshot = await this.configuration.snapshot();
    const own = rulesOf(snapshot.setting(passwordPolicy, domain.id));
    const text = snapshot.setting(passwordPolicyText, domain.id);
    const rules = stricterRules(own, await directory.passwordRules(person));
    return {
      login: person.login,
      displayName: person.displayName,
      domainName: domain.name,
      rules: text ? { ...rules, text } : rules,
    };
  }

  async submit(session: string, password: string, repeated: string, client: ClientInfo): Promise<SubmitResult> {
    const opened = await this.sessions.resume(session);
    if (!opened) return { kind: 'session-ended' };
    const problems = await this.problems(opened, password, repeated);
    const [first] = problems;
    if (first) {
      await this.change.recordRefusal(opened, first.code, client);
      return { kind: 'refused', problems };
    }
    const { domain } = opened.found;
    const unlocks = (await this.configuration.snapshot()).setting(resetUnlocks, domain.id);
    const refusal = await this.refusal(opened, session, plainSecret(password), client);
    if (refusal) return refusal;
    const stillLocked = await this.change.settleLock(opened, unlocks);
    return { kind: 'done', domainName: domain.name, stillLocked };
  }

  /** Carries it out, or says why not. */
  private async refusal(
    opened: OpenedReset,
    session: string,
    password: PlainSecret,
    client: ClientInfo,
  ): Promise<SubmitResult | undefined> {
    try {
      if (await this.change.carryOut(opened, password, client)) return undefined;
      // Sent twice: the first one is still being carried out, or it has ended the session.
      if (!(await this.sessions.resume(session))) return { kind: 'session-ended' };
      return { kind: 'refused', problems: [{ code: 'change-in-progress', params: {} }] };
    } catch (error) {
      if (!DomainError.is(error)) throw error;
      if (error.category === 'refused') return { kind: 'refused', problems: [error] };
      if (DomainError.is(error, 'page-session-ended', 'account-not-found')) return { kind: 'session-ended' };
      throw error;
    }
  }

  private async problems({ found }: OpenedReset, password: string, repeated: string): Promise<PasswordProblem[]> {
    const problems: PasswordProblem[] = [];
    const same = password === '' ? repeated === '' : equalSecrets(password, repeated);
    if (!same) problems.push({ code: 'password-mismatch', params: {} });
    // PostgreSQL and LDAP cannot hold these; no keyboard makes them.
    if (password.includes('\0') || !password.isWellFormed()) return [{ code: 'password-refused', params: {} }];
    const policy = (await this.configuration.snapshot()).setting(passwordPolicy, found.domain.id);
    if (policy === 'directory') {
      return password === '' ? [...problems, { code: 'password-too-short', params: { min: 1 } }] : problems;
    }
    return [...problems, ...passwordRefusals(policy, plainSecret(password), found.person)];
  }
}
