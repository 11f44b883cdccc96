import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import type { IamCaller } from './iam-caller.js';
import { IamGate } from './iam-gate.js';

/** Lets people in who logged in. */
@Injectable()
export class IamSessionGuard implements CanActivate {
  constructor(private readonly gate: IamGate) {}

  /** @throws DomainError `credentials-missing` without a session that can be used, and as {@link IamGate.find} */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = await this.gate.find(request, http.getResponse<FastifyReply>());
    if (typeof caller === 'string') throw new DomainError('credentials-missing');
    request.iamCaller = caller;
    return true;
  }
}

/** The person behind a route that {@link IamSessionGuard} guards. */
export function callerOf(request: FastifyRequest): IamCaller {
  if (!request.iamCaller) throw new Error('no caller behind the guard');
  return request.iamCaller;
}
