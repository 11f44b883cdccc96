import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendRest } from './rest-answer.js';
import { RestExit } from './rest-exit.js';

/** Answers calls that were refused or have failed. */
@Catch()
@Injectable()
export class RestFilter implements ExceptionFilter {
  constructor(private readonly exit: RestExit) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const { status, headers, body } = this.exit.of(error, http.getRequest<FastifyRequest>().id);
    if (!reply.sent) sendRest(reply, body, status, headers);
  }
}
