import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { ManagerStrategy } from './manager.strategy.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The administrator whom {@link ManagerGuard} let in. */
    rpcCaller?: AdministratorCaller;
  }
}

/** Lets administrators in. @throws DomainError as `ManagerGate.admit` */
@Injectable()
export class ManagerGuard extends AuthGuard() {
  constructor(strategy: ManagerStrategy) {
    super({ defaultStrategy: strategy.name, property: 'rpcCaller' satisfies keyof FastifyRequest });
  }
}
