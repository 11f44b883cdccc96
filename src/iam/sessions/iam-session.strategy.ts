import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { RequestStrategy } from '../../core/web/request-strategy.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { IamCaller } from './iam-caller.js';
import { IamGate } from './iam-gate.js';

/** Authenticates people by the session that they show: a bearer token, or else the cookie. */
@Injectable()
export class IamSessionStrategy extends PassportStrategy(RequestStrategy) implements OnModuleDestroy {
  constructor(private readonly gate: IamGate) {
    super();
  }

  /** @throws DomainError `credentials-missing` without a session that can be used, and as {@link IamGate.find} */
  async validate(request: FastifyRequest): Promise<IamCaller> {
    if (!request.iamReply) throw new Error('no reply behind the guard');
    const caller = await this.gate.find(request, request.iamReply);
    if (typeof caller === 'string') throw new DomainError('credentials-missing');
    return caller;
  }

  onModuleDestroy(): void {
    passport.unuse(this.name);
  }
}
