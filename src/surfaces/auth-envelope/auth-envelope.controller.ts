import { All, Controller, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { AgentGuard } from './agent.guard.js';
import { sendAnswer } from './auth-answer.js';
import { AuthDispatcher } from './auth-dispatcher.js';
import { AuthEnvelopeFilter } from './auth-envelope.filter.js';
import { CalledMethodGuard } from './called-method.guard.js';

/**
 * Everything below `/auth` and `/das5` that has no route of its own: the methods, and the envelope that says that there is
 * none. The API document gets its description from the declared methods, see `addAuthPaths`.
 */
@ApiExcludeController()
@Controller()
@Guarded(CalledMethodGuard, AgentGuard)
@UseFilters(AuthEnvelopeFilter)
export class AuthEnvelopeController {
  constructor(private readonly dispatcher: AuthDispatcher) {}

  @All(['auth', 'auth/*', 'das5', 'das5/*'])
  async call(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { calledMethod, admittedAgent } = request;
    if (!calledMethod || !admittedAgent) throw new Error('no method or no agent behind the guards');
    sendAnswer(reply, await this.dispatcher.answer(request, calledMethod, admittedAgent));
  }
}
