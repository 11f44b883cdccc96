import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { namesLoopback } from '../../core/web/loopback-host.js';

/**
 * Shows the mailbox, and what else is for trying out, under the names of this machine only. The listener's loopback address keeps other machines out, but
 * not a web page in a browser on this one whose own name was made to resolve to it (DNS rebinding).
 */
@Injectable()
export class LoopbackHostGuard implements CanActivate {
  /** @throws DomainError `access-denied` */
  canActivate(context: ExecutionContext): boolean {
    const { host } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (namesLoopback(host)) return true;
    throw new DomainError('access-denied', { detail: 'asked for under the name of another machine' });
  }
}
