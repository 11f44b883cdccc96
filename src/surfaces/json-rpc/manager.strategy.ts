import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { verifiedCertificate } from '../../core/web/client-certificate.js';
import { RequestStrategy } from '../../core/web/request-strategy.js';
import { readBasicAuthorization } from '../../core/web/basic-authorization.js';
import { ManagerGate } from './caller.js';

/**
 * Authenticates administrators by Basic credentials and, in mode `PKI`, by client certificate. Not `passport-http`, which
 * cuts passwords at a second colon.
 */
@Injectable()
export class ManagerStrategy extends PassportStrategy(RequestStrategy) implements OnModuleDestroy {
  constructor(private readonly gate: ManagerGate) {
    super();
  }

  /** @throws DomainError as {@link ManagerGate.admit} */
  validate(request: FastifyRequest): Promise<AdministratorCaller> {
    return this.gate.admit({
      request,
      authorization: readBasicAuthorization(request.headers.authorization),
      certificate: verifiedCertificate(request)?.fingerprint256.replaceAll(':', '').toLowerCase(),
    });
  }

  onModuleDestroy(): void {
    passport.unuse(this.name);
  }
}
