import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { verifiedCertificate } from '../../core/web/client-certificate.js';
import { readBasicAuthorization } from './basic-authorization.js';
import { ManagerGate } from './caller.js';

type Verify = (request: FastifyRequest, done: (error: unknown, caller?: AdministratorCaller | null) => void) => void;

let instances = 0;

/**
 * Hands the request as a whole to `validate`. The ready-made strategy for Basic (`passport-http`) cannot serve here: it
 * looks at credentials before any address, cuts passwords at a second colon and knows no client certificates.
 *
 * Passport keeps strategies in one place for the whole process; the number in the name keeps two applications in one
 * process apart.
 */
class RequestStrategy extends passport.Strategy {
  override readonly name = `manager-${++instances}`;

  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(request as FastifyRequest, (error, caller) => (caller ? this.success(caller) : this.error(error)));
  }
}

/** Authenticates administrators by Basic credentials and, in mode `PKI`, by client certificate. */
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
