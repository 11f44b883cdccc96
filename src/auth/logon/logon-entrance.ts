import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ApplicationReference, UserReference } from '../../surfaces/auth-envelope/references.js';
import { type Application, Applications } from '../applications/applications.js';
import type { Credential } from '../credentials/credential.js';
import { Verification } from '../verification/verification.js';
import { type HeldSession, LogonSessions } from './logon-sessions.js';

/** Who wants in, and where. */
export interface EntryRequest {
  readonly application: ApplicationReference;
  readonly user?: UserReference | undefined;
  readonly credential: Credential;
}

/** Finds out what a call is about: the application, the session that its cookie means, the person of both. */
@Injectable()
export class LogonEntrance {
  constructor(
    private readonly applications: Applications,
    private readonly sessions: LogonSessions,
    private readonly verification: Verification,
  ) {}

  /**
   * That nobody is named is told before anything is looked up (section 3); only a session can do without.
   *
   * @throws AuthRefusal 101, 220, 221
   */
  application(
    { snapshot, agent, sessionCookie }: Pick<AuthCaller, 'snapshot' | 'agent' | 'sessionCookie'>,
    { application, user }: Pick<EntryRequest, 'application' | 'user'>,
  ): Application {
    if (!user && sessionCookie === undefined) throw missing('user');
    return this.applications.resolve(snapshot, agent, application);
  }

  /**
   * The session of the call; an attempt in it is counted. A cookie that leads nowhere is dropped, so that the next call
   * begins anew.
   *
   * @throws AuthRefusal 233, 234, 236
   */
  async session(caller: AuthCaller, application: Application): Promise<HeldSession> {
    try {
      const held = await this.sessions.take(caller.agent.name, caller.sessionCookie);
      if (held.kind === 'pending' && held.session.applicationId !== application.id) throw new AuthRefusal(234);
      return held;
    } catch (error) {
      if (AuthRefusal.is(error, 233, 236)) caller.cookies.drop();
      throw error;
    }
  }

  /**
   * Who logs on: whom the request names, and whom the session is of, which must be the same.
   *
   * @throws AuthRefusal 101, 233, 234 and, with DomainError, as `Verification.person`
   */
  async person(
    caller: AuthCaller,
    application: Application,
    { user, credential }: EntryRequest,
    held: HeldSession,
  ): Promise<FoundPerson> {
    const accountId = held.kind === 'pending' ? (held.session.accountId ?? undefined) : undefined;
    const reference = user ?? (accountId === undefined ? undefined : { id: accountId });
    if (!reference) throw missing('user');
    const found = await this.verification.person(caller, reference, credential, application);
    if (held.kind !== 'pending') return found;
    if (found.account.id !== accountId) throw new AuthRefusal(234);
    if (found.account.credentialGeneration !== held.session.credentialGeneration) {
      caller.cookies.drop();
      throw new AuthRefusal(233, {}, 'the password was changed');
    }
    return found;
  }
}
