import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendApi } from './api-answer.js';
import { ApiExit } from './api-exit.js';

/** Answers calls below `/api` and `/oauth` that were refused or have failed. */
@Catch()
@Injectable()
export class ApiFilter implements ExceptionFilter {
  constructor(private readonly exit: ApiExit) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const answer = this.exit.of(error, http.getRequest<FastifyRequest>().id);
    if (!reply.sent) sendApi(reply, answer);
  }
}
