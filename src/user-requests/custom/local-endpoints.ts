import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { FormPair } from '../../surfaces/oauth1/form-parameters.js';
import { type InProcessCaller, InProcessCallers } from '../../surfaces/oauth1/in-process-callers.js';

/** What is run: a path of this server, and the parameters for it. */
export interface LocalCall {
  readonly endpoint: string;
  readonly parameters: readonly FormPair[];
}

/** Milliseconds in which an endpoint must have answered. */
const PATIENCE_MS = 30_000;

/**
 * Runs endpoints of this server in somebody's name, through our own router and in this process: nothing is ever sent
 * (user-requests section 3, CUSTOM). With parameters it is a `POST` with a form, without any a `GET`.
 */
@Injectable()
export class LocalEndpoints {
  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly callers: InProcessCallers,
  ) {}

  /** @returns the status that the endpoint answered */
  run(caller: InProcessCaller, { endpoint, parameters }: LocalCall): Promise<number> {
    const method = parameters.length > 0 ? 'POST' : 'GET';
    return this.callers.run(caller, { method, path: endpoint }, async () => {
      const fastify = this.adapter.httpAdapter.getInstance<FastifyInstance>();
      const { statusCode } = await fastify.inject({
        method,
        url: endpoint,
        remoteAddress: caller.client.address,
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(method === 'POST' && {
          payload: new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      });
      return statusCode;
    });
  }
}
