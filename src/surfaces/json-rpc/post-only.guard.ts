import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HttpRefusal } from './http-refusal.js';

/** Turns away every verb but POST (manager-json-rpc section 1). */
@Injectable()
export class PostOnlyGuard implements CanActivate {
  /** @throws HttpRefusal */
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<FastifyRequest>().method === 'POST') return true;
    throw new HttpRefusal(405, 'HTTP method not POST', { allow: 'POST' });
  }
}
