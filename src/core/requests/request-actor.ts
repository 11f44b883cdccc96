import type { NewAuditEvent } from '../audit/audit.js';

/** Who takes a step with a request: what the audit says of it besides the request itself. */
export interface RequestActor {
  /** `DOMAIN\login` of an administrator, `person`, `system` or `anonymous`. */
  readonly actor: string;
  readonly clientAddress?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Name of the domain, where it is known. */
  readonly domain?: string | undefined;
  /** DN of the person whose request it is; the login as asked for, where nobody was found. */
  readonly target?: string | undefined;
  /** Further facts, never a secret. */
  readonly detail?: NewAuditEvent['detail'];
}

/** Our own jobs, and what follows from something else by itself. */
export const SYSTEM: RequestActor = { actor: 'system' };
