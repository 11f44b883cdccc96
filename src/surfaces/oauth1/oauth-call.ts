import type { FastifyRequest } from 'fastify';
import { readAuthorization } from './authorization-header.js';
import { type FormPair, FormParameters, parsePairs } from './form-parameters.js';
import { OAuthProblem } from './oauth-problem.js';

/** A request with OAuth parameters, as it was sent and decoded. */
export interface OAuthCall {
  /** In upper case. */
  readonly method: string;
  /** The path as it was sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Parameters whose names begin with `oauth_`, each once. */
  readonly oauth: ReadonlyMap<string, string>;
  /** What else came in header and body, e.g. `x_auth_username`; not the query, which ends up in logs. */
  readonly fields: FormParameters;
  /** Everything that is signed (RFC 5849 section 3.4.1.3.1), repeated names kept. */
  readonly signed: readonly FormPair[];
}

const PROTOCOL = /^oauth_/;

/**
 * Reads the OAuth parameters of a request from the `Authorization` header, the form body or the query (RFC 5849 section
 * 3.5); undefined when there are none and no such header.
 *
 * All of them stand in one and the same place, and none occurs twice: both are `parameter_rejected`. What a proxy and we
 * could read differently is nothing that a signature can vouch for (attack class 58).
 *
 * @throws OAuthProblem `missing_consumer`, `parameter_rejected`
 * @throws ApiRefusal 400 for a query that cannot be read
 */
export function readOAuthCall(request: FastifyRequest, body: FormParameters): OAuthCall | undefined {
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  const query = mark < 0 ? [] : parsePairs(request.url.slice(mark + 1));
  const header = readAuthorization(request);
  const places = [header ?? [], body.pairs, query];
  const used = places.filter((pairs) => pairs.some(isProtocol));
  if (used.length === 0 && header === undefined) return undefined;
  const repeated = repeatedNames(places.flat().filter(isProtocol));
  const misplaced = used.length > 1 ? used.flat().filter(isProtocol).map(nameOf) : [];
  const [first, ...more] = new Set([...repeated, ...misplaced]);
  if (first !== undefined) throw OAuthProblem.rejected(first, ...more);
  return {
    method: request.method.toUpperCase(),
    path,
    oauth: new Map(used.flat().filter(isProtocol)),
    fields: new FormParameters([...(header ?? []), ...body.pairs].filter((pair) => !isProtocol(pair))),
    signed: places.flat().filter(([name]) => name !== 'oauth_signature'),
  };
}

function repeatedNames(pairs: readonly FormPair[]): string[] {
  const names = pairs.map(nameOf);
  return names.filter((name, at) => names.indexOf(name) !== at);
}

function isProtocol([name]: FormPair): boolean {
  return PROTOCOL.test(name);
}

function nameOf([name]: FormPair): string {
  return name;
}
