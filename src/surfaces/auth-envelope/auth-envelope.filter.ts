import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from './auth-answer.js';
import { AuthExit } from './auth-exit.js';

/** Answers requests that were refused, or failed, before their method. */
@Catch()
@Injectable()
export class AuthEnvelopeFilter implements ExceptionFilter {
  constructor(private readonly exit: AuthExit) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const correlationId = http.getRequest<FastifyRequest>().id;
    const answer = this.exit.of(error, { correlationId, method: undefined });
    if (!reply.sent) sendAnswer(reply, answer);
  }
}
