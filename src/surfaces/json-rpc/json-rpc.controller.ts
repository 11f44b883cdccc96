import { All, Controller, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { readBody } from '../../core/web/request-body.js';
import { JsonRpcFilter } from './json-rpc.filter.js';
import { ManagerGuard } from './manager.guard.js';
import { PostOnlyGuard } from './post-only.guard.js';
import { sendAnswer } from './rpc-answer.js';
import { RpcDispatcher } from './rpc-dispatcher.js';

/** Bytes of a request's body (manager-json-rpc section 1). */
const LARGEST_BODY = 1024 * 1024;

/**
 * `POST /manag/`, also without the slash at its end. The API document gets its description from the declared methods,
 * see `addRpcPaths`.
 */
@ApiExcludeController()
@Controller('manag')
@Guarded(PostOnlyGuard, ManagerGuard)
@UseFilters(JsonRpcFilter)
export class JsonRpcController {
  constructor(private readonly dispatcher: RpcDispatcher) {}

  @All()
  async call(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { rpcCaller: caller } = request;
    if (!caller) throw new Error('no caller behind the guard');
    const body = await this.dispatcher.answer(await readBody(request.raw, LARGEST_BODY), caller);
    sendAnswer(reply, { status: body === undefined ? 204 : 200, body });
  }
}
