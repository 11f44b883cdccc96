import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { RequestStrategy } from '../../core/web/request-strategy.js';
import { type AdmittedAgent, AgentGate } from './auth-caller.js';

/** Authenticates agents by bearer token or client certificate. */
@Injectable()
export class AgentStrategy extends PassportStrategy(RequestStrategy) implements OnModuleDestroy {
  constructor(private readonly gate: AgentGate) {
    super();
  }

  /** @throws AuthRefusal, DomainError as {@link AgentGate.admit} */
  validate(request: FastifyRequest): Promise<AdmittedAgent> {
    return this.gate.admit(request);
  }

  onModuleDestroy(): void {
    passport.unuse(this.name);
  }
}
