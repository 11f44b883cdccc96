import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Environment } from '../config/environment.js';
import { clientAddress, Networks } from './client-address.js';

/** Who sent a request, for throttling, the audit and the log. */
export interface Client {
  readonly address: string;
  /** The request's id, the same in log, audit and on the page of an error. */
  readonly correlationId: string;
}

/** Tells clients apart by their address, through the configured proxies only. */
@Injectable()
export class Clients {
  private readonly trustedProxies: Networks;

  constructor(environment: Environment) {
    this.trustedProxies = new Networks(environment.trustedProxies);
  }

  /** @throws DomainError `client-address-unreadable` */
  of(request: FastifyRequest): Client {
    const { remoteAddress } = request.raw.socket;
    const address = clientAddress(remoteAddress, request.headers['x-forwarded-for'], this.trustedProxies);
    return { address, correlationId: request.id };
  }
}
