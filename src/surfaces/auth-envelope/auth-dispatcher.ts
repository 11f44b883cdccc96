import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type AuthAnswer, successAnswer } from './auth-answer.js';
import type { AdmittedAgent, AuthCaller } from './auth-caller.js';
import { AuthExit } from './auth-exit.js';
import { AuthRefusal } from './auth-refusal.js';
import { tolerantJson } from './auth-settings.js';
import type { CalledMethod } from './called-method.guard.js';
import { HangUp } from './hang-up.js';
import { readRequest } from './read-request.js';
import { sentSession, SessionCookies } from './session-cookies.js';

/**
 * Runs one call: the agent's permission, the body, the parameters, the method, and what of its result is asked for. Codes
 * 1xx come before anything is looked up (authentication methods, section 3).
 */
@Injectable()
export class AuthDispatcher {
  constructor(private readonly exit: AuthExit) {}

  async answer(request: FastifyRequest, called: CalledMethod, admitted: AdmittedAgent): Promise<AuthAnswer> {
    const cookies = new SessionCookies(called.form, admitted.snapshot);
    const answer = await this.run(request, called, admitted, cookies);
    if (cookies.header === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies.header } };
  }

  private async run(
    request: FastifyRequest,
    { method }: CalledMethod,
    admitted: AdmittedAgent,
    cookies: SessionCookies,
  ): Promise<AuthAnswer> {
    const hangUp = new HangUp(request);
    try {
      const { agent, snapshot } = admitted;
      if (!agent.permissions.has(method.permission)) throw new AuthRefusal(121);
      const read = method.read(await readRequest(request, snapshot.setting(tolerantJson)));
      const caller: AuthCaller = {
        ...admitted,
        remoteIp: read.remoteIp,
        sessionCookie: sentSession(request.headers.cookie),
        cookies,
        hangUp,
      };
      const result = await method.call(read.parameters, caller, read.wanted);
      return successAnswer(await method.answer(result, read));
    } catch (error) {
      return this.exit.of(error, { correlationId: admitted.correlationId, method: method.name });
    } finally {
      hangUp.release();
    }
  }
}
