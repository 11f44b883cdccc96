import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Client } from '../../core/web/clients.js';

/** A person in whose name the server calls itself. */
export interface InProcessCaller {
  readonly found: FoundPerson;
  /** Who caused the call. */
  readonly client: Client;
  /** Names what caused it, for limits and the audit; no secret. */
  readonly tokenId: string;
}

/** The one call that may be made: verb and path. */
export interface InProcessCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

interface Standing extends InProcessCall {
  readonly caller: InProcessCaller;
  taken: boolean;
}

/**
 * People in whose name the server calls its own routes (user-requests section 3, CUSTOM). The identity stands in the
 * asynchronous context of the call that the server makes, once, and is no part of any request, so nothing that is sent
 * from outside can show it or take it.
 */
@Injectable()
export class InProcessCallers {
  private readonly standing = new AsyncLocalStorage<Standing>();

  /** Has `work` make one call as somebody; another one that it makes is anonymous. */
  run<T>(caller: InProcessCaller, call: InProcessCall, work: () => Promise<T>): Promise<T> {
    return this.standing.run({ ...call, caller, taken: false }, work);
  }

  /** In whose name this request is made, told once; undefined for every request that came from outside. */
  take(request: Pick<FastifyRequest, 'method' | 'url'>): InProcessCaller | undefined {
    const standing = this.standing.getStore();
    if (!standing || standing.taken) return undefined;
    const path = request.url.split('?', 1)[0];
    if (request.method !== standing.method || path !== standing.path) return undefined;
    standing.taken = true;
    return standing.caller;
  }
}
