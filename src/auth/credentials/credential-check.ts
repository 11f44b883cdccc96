import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { AuthCaller, CallingAgent } from '../../surfaces/auth-envelope/auth-caller.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { AttemptContext } from '../../tokens/verification/attempts.js';
import type { Application, AuthenticatorCode } from '../applications/application.js';
import type { Credential } from './credential.js';

/** What is presented by whom, to whom and from where. */
export interface CredentialOrder {
  readonly agent: Pick<CallingAgent, 'name'>;
  /** The configuration that the call works with. */
  readonly snapshot: ConfigurationSnapshot;
  readonly found: FoundPerson;
  /** What the person logs on to; absent where a credential is checked by itself. */
  readonly application: Application | undefined;
  readonly credential: Credential;
  readonly token: TokenReference | undefined;
  readonly rules: TokenRules;
  /** The end user's address, or the agent's own where the agent does not say. */
  readonly clientAddress: string;
  /** As the agent said it. */
  readonly remoteIp: string | undefined;
  /** For the audit: agent, application, address. */
  readonly context: AttemptContext;
  /** The logon session, where there is one by now. */
  readonly session: string | undefined;
  /** Aborts when the agent hangs up, for what waits for the person. */
  readonly hangUp: AuthCaller['hangUp'];
}

/** A token that was used, in the words of the wire. */
export interface UsedToken {
  readonly id: string;
  readonly serial: string;
}

/** A credential that was right. */
export interface AcceptedCredential {
  readonly method: AuthenticatorCode;
  /** Absent where none was needed, e.g. for a password. */
  readonly token: UsedToken | undefined;
}

/**
 * One authenticator: reads its members from the credential and has them checked. Every attempt is counted before it is
 * looked at, and written down.
 */
export interface CredentialCheck {
  readonly method: AuthenticatorCode;
  /**
   * Not inside a transaction.
   *
   * @throws AuthRefusal 303 when a member is missing, before anything is counted; 250 to 257 for a token that cannot be
   *   used, 300, 321, 380, 381
   * @throws DomainError for what the core refuses, see `AUTH_OUTCOMES`
   */
  verify(order: CredentialOrder): Promise<AcceptedCredential>;
}

/** To whom challenges and passcodes are given: only the agent that asked for them may have them answered. */
export function boundToAgent({ name }: Pick<CallingAgent, 'name'>): string {
  return `agent ${name}`;
}
