import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { formOf } from './form-parameters.js';
import { type OAuthCaller, OAuthGate } from './oauth-caller.js';
import { OAuthProblem } from './oauth-problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom {@link OAuthGuard} let in. */
    oauthCaller?: OAuthCaller;
  }
}

/** Lets callers in whose OAuth parameters are right. Reads the body; the handler gets it again with `formOf`. */
@Injectable()
export class OAuthGuard implements CanActivate {
  constructor(private readonly gate: OAuthGate) {}

  /** @throws OAuthProblem `missing_token` for an anonymous call, and as {@link OAuthGate.caller} */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.gate.caller(request, await formOf(request));
    if (caller === 'anonymous') throw new OAuthProblem('missing_token');
    request.oauthCaller = caller;
    return true;
  }
}

/** The caller of a route that {@link OAuthGuard} guards. */
export function oauthCallerOf(request: FastifyRequest): OAuthCaller {
  if (!request.oauthCaller) throw new Error('no caller behind the guard');
  return request.oauthCaller;
}
