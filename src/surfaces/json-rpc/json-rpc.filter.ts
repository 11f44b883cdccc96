import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from './rpc-answer.js';
import { RpcExit } from './rpc-exit.js';

/** Answers requests that were refused, or failed, before their first call. */
@Catch()
@Injectable()
export class JsonRpcFilter implements ExceptionFilter {
  constructor(private readonly exit: RpcExit) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const answer = this.exit.ofRequest(error, http.getRequest<FastifyRequest>().id);
    if (!reply.sent) sendAnswer(reply, answer);
  }
}
