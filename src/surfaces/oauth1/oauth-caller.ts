import type { FastifyRequest } from 'fastify';
import type { Role } from '../../core/administrators/administrator.entity.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import type { Client } from '../../core/web/clients.js';
import type { FormParameters } from './form-parameters.js';

/** Who calls: a consumer (RFC 5849: client) with a token of a person. */
export interface OAuthCaller {
  readonly consumer: { readonly key: string; readonly domain: Domain };
  /** On whose behalf the token acts; usable at this moment. */
  readonly found: FoundPerson;
  /** The person's own role; undefined for somebody without one. */
  readonly role: Role | undefined;
  /** Whether the call carried a signature that was right. */
  readonly signed: boolean;
  /** Names the token for limits and the audit; no secret. */
  readonly tokenId: string;
  readonly client: Client;
}

/** Finds out who calls. The feature that knows consumers and tokens provides it. */
export abstract class OAuthGate {
  /**
   * The caller of a request; `anonymous` when it carries no OAuth parameter at all.
   *
   * @param body the form in its body: part of what is signed
   * @throws OAuthProblem for whatever is wrong with the call's OAuth parameters
   * @throws DomainError `client-address-unreadable`, `directory-unavailable`
   */
  abstract caller(request: FastifyRequest, body: FormParameters): Promise<OAuthCaller | 'anonymous'>;
}
