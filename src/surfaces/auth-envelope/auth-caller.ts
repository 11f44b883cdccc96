import type { FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AgentPermission } from '../../core/domains/agent-permissions.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { HangUp } from './hang-up.js';
import type { SessionCookies } from './session-cookies.js';

/** The application server that calls, e.g. a VPN gateway; never a person. */
export interface CallingAgent {
  readonly name: string;
  /** Names of the applications that it is published on: they bound everything that it sees. */
  readonly applications: readonly string[];
  readonly permissions: ReadonlySet<AgentPermission>;
  /** Whether its TLS client certificate says who it is, as opposed to a bearer token alone. */
  readonly mutualTls: boolean;
}

/** An agent that was let in. */
export interface AdmittedAgent {
  readonly agent: CallingAgent;
  /** The configuration that it was let in by; the method works with the same. */
  readonly snapshot: ConfigurationSnapshot;
  /** Address of the agent's own connection. */
  readonly clientAddress: string;
  /** The request's id, the same in log, audit and `X-Request-Id`. */
  readonly correlationId: string;
}

/** Who calls a method, and for whom. */
export interface AuthCaller extends AdmittedAgent {
  /** The end user's address as the agent saw it (`remoteIp`), in its canonical spelling. */
  readonly remoteIp: string | undefined;
  /** The logon session's cookie as it was sent; may be anything. */
  readonly sessionCookie: PlainSecret | undefined;
  /** Sets or drops the cookie of the logon session, for the path form that was called. */
  readonly cookies: SessionCookies;
  /** Aborts when the agent goes away before it has its answer, for methods that wait for somebody. */
  readonly hangUp: Pick<HangUp, 'signal'>;
}

/** Decides which agent calls (authentication methods, section 1.3). The feature that knows agents provides it. */
export abstract class AgentGate {
  /**
   * Looks at the credential, then at whether the agent is enabled and calls from its addresses.
   *
   * @throws AuthRefusal 120, 122, 3 with `retryAfter` seconds
   * @throws DomainError `client-address-unreadable`, `database-unavailable`
   */
  abstract admit(request: FastifyRequest): Promise<AdmittedAgent>;
}
