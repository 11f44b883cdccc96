import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IamCaller } from './iam-caller.js';
import { IamSessionStrategy } from './iam-session.strategy.js';

/** Lets people in who logged in. @throws DomainError as `IamSessionStrategy.validate` */
@Injectable()
export class IamSessionGuard extends AuthGuard() {
  constructor(strategy: IamSessionStrategy) {
    super({ defaultStrategy: strategy.name, property: 'iamCaller' satisfies keyof FastifyRequest });
  }

  /** With the reply beside it: cookies are prolonged and expired with every answer, and strategies see requests only. */
  override getRequest(context: ExecutionContext): FastifyRequest {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.iamReply = http.getResponse<FastifyReply>();
    return request;
  }
}

/** The person behind a route that {@link IamSessionGuard} guards. */
export function callerOf(request: FastifyRequest): IamCaller {
  if (!request.iamCaller) throw new Error('no caller behind the guard');
  return request.iamCaller;
}
