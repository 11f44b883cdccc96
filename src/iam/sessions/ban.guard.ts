import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clients } from '../../core/web/clients.js';
import { BanFilter } from './ban-filter.js';

/** Lets everybody in but addresses that have failed too often. */
@Injectable()
export class BanGuard implements CanActivate {
  constructor(
    private readonly clients: Clients,
    private readonly bans: BanFilter,
  ) {}

  /** @throws RestRefusal 403/1403; DomainError `client-address-unreadable` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { address } = this.clients.of(context.switchToHttp().getRequest<FastifyRequest>());
    await this.bans.requireRoom(address);
    return true;
  }
}
