import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { Clients } from '../../core/web/clients.js';
import { RequestStrategy } from '../../core/web/request-strategy.js';
import { type AuthenticatedClient, ClientAuthentication } from './client-authentication.js';
import { OAuthError } from './oauth-error.js';
import { readTokenRequest } from './token-request.js';

/** Authenticates agents that ask for a token, by client identifier and secret. */
@Injectable()
export class OAuthClientStrategy extends PassportStrategy(RequestStrategy) implements OnModuleDestroy {
  constructor(
    private readonly clients: Clients,
    private readonly authentication: ClientAuthentication,
  ) {
    super();
  }

  /** @throws OAuthError, BodyError, DomainError as {@link readTokenRequest} and {@link ClientAuthentication} */
  async validate(request: FastifyRequest): Promise<AuthenticatedClient> {
    if (request.method !== 'POST')
      throw new OAuthError('invalid_request', 'Method must be POST', 405, { allow: 'POST' });
    const client = this.clients.of(request);
    return this.authentication.authenticate(await readTokenRequest(request), client);
  }

  onModuleDestroy(): void {
    passport.unuse(this.name);
  }
}
