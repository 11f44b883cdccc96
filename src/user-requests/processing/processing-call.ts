import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Client } from '../../core/web/clients.js';
import type { Visit } from '../../core/web/visit.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';

/** One call of `processRequest`, read and within the limits; nothing is known yet about what it shows. */
export interface ProcessingCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly client: Client;
  readonly visit: Visit;
  readonly number: string;
  readonly code: string;
  /** Its path as the browser wrote it, without the query. */
  readonly path: string;
  /** Whether it may change something beyond what a GET of its type does. */
  readonly posted: boolean;
  /** The fields of a POST. */
  readonly form: FormParameters;
  /** Undefined when none is shown, or several are. */
  readonly pin: string | undefined;
  /** Where the browser asks to be sent afterwards, not judged yet. */
  readonly redirect: string | undefined;
  /** A browser that navigates; a script gets plain text wherever a word says it all. */
  readonly navigates: boolean;
  /** Origin of the listed page whose script calls. */
  readonly listedOrigin: string | undefined;
  /** The secret of the page session that forms are bound to. */
  readonly pageSession: PlainSecret;
}
