import type { FastifyRequest } from 'fastify';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Right } from '../../core/administrators/rights.js';
import type { BasicAuthorization } from '../../core/web/basic-authorization.js';

/** What a request shows of its sender. */
export interface Admission {
  /** For its address and its forwarding headers. Its body has not been read. */
  readonly request: FastifyRequest;
  readonly authorization: BasicAuthorization;
  /** SHA-256 of the client certificate that our own listener verified, 64 hex digits. */
  readonly certificate: string | undefined;
}

/** Decides who may call (manager-json-rpc sections 2 and 4, steps 1, 2 and 6). */
export abstract class ManagerGate {
  /**
   * Looks at the address first, then at the site whose page a browser calls from, then at the credentials. An attempt is
   * counted before the password is looked at.
   *
   * @throws DomainError `client-address-unreadable`, `client-address-not-allowed`, `form-not-valid`,
   *   `credentials-missing`, `credentials-invalid`, `too-many-attempts` with `retryAfter` seconds, `directory-unavailable`,
   *   `database-unavailable`
   */
  abstract admit(admission: Admission): Promise<AdministratorCaller>;

  /** Whether the caller may use methods that need `right` at all; on whom is decided when the person is known. */
  abstract may(caller: AdministratorCaller, right: Right): Promise<boolean>;
}
