import type { AuthenticatedManager } from './manager-login.js';

/** An administrator who calls, and where from: whom rights and the reach of the role are looked up for, and the audit names. */
export interface AdministratorCaller extends AuthenticatedManager {
  readonly clientAddress: string;
  /** Identifier of the HTTP request, as in the log and the `X-Request-Id` header. */
  readonly correlationId: string;
}
