import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { AuthenticatedClient } from './client-authentication.js';
import { OAuthClientStrategy } from './oauth-client.strategy.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The agent whose secret {@link OAuthClientGuard} found right. */
    oauthClient?: AuthenticatedClient;
  }
}

/** Lets agents ask for a token that know their secret. @throws as `OAuthClientStrategy.validate` */
@Injectable()
export class OAuthClientGuard extends AuthGuard() {
  constructor(strategy: OAuthClientStrategy) {
    super({ defaultStrategy: strategy.name, property: 'oauthClient' satisfies keyof FastifyRequest });
  }
}
