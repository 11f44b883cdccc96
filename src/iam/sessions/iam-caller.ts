import type { FastifyReply } from 'fastify';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Client } from '../../core/web/clients.js';
import type { Session } from '../../sessions/session.entity.js';

/** Somebody who logged in, as the directory knows them at this moment. */
export interface IamCaller {
  readonly session: Session;
  readonly found: FoundPerson;
  readonly client: Client;
  /** What was shown: how the client names the session. */
  readonly shown: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The person whom `IamSessionGuard` let in. */
    iamCaller?: IamCaller;
    /** Where `IamSessionGuard` sets cookies. */
    iamReply?: FastifyReply;
  }
}
