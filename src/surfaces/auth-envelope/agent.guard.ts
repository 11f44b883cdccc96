import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AgentStrategy } from './agent.strategy.js';
import type { AdmittedAgent } from './auth-caller.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The agent that {@link AgentGuard} let in. */
    admittedAgent?: AdmittedAgent;
  }
}

/** Lets agents in. @throws AuthRefusal, DomainError as `AgentGate.admit` */
@Injectable()
export class AgentGuard extends AuthGuard() {
  constructor(strategy: AgentStrategy) {
    super({ defaultStrategy: strategy.name, property: 'admittedAgent' satisfies keyof FastifyRequest });
  }
}
