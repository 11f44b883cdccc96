import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Environment } from '../../core/config/environment.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Networks } from '../../core/web/client-address.js';
import { allowUnsignedOverHttp } from './oauth-settings.js';

const LOOPBACK = new Networks(['127.0.0.0/8', '::1/128']);

/** Whether what a call sends in the clear stays between the client and us. */
@Injectable()
export class Transport {
  private readonly trustedProxies: Networks;

  constructor(private readonly environment: Environment) {
    this.trustedProxies = new Networks(environment.trustedProxies);
  }

  /**
   * Whether unsigned calls are taken from here (user-requests section 2): with TLS to our own listener or to a trusted
   * proxy, which says so in `X-Forwarded-Proto` or stands before an `https:` public URL; without TLS where the setting
   * allows it, and in the embedded mode from this machine.
   */
  protects(request: FastifyRequest, snapshot: ConfigurationSnapshot): boolean {
    const { remoteAddress = '' } = request.raw.socket;
    if ('encrypted' in request.raw.socket || snapshot.setting(allowUnsignedOverHttp)) return true;
    if (this.trustedProxies.has(remoteAddress)) {
      const [told] = [request.headers['x-forwarded-proto'] ?? []]
        .flat()
        .flatMap((value) => value.split(',').at(-1) ?? []);
      const https = told === undefined ? snapshot.publicUrl?.startsWith('https:') : told.trim() === 'https';
      if (https) return true;
    }
    return this.environment.embedded && LOOPBACK.has(remoteAddress);
  }
}
