import type { FastifyRequest } from 'fastify';
import type { Language } from './language/languages.js';
import type { PageProtection } from './security-headers.js';

/** One request for a page: how it wants to be shown, and what its answer must be protected by. */
export interface Visit extends PageProtection {
  readonly language: Language;
  /** The language the person has just chosen with the switch; it is remembered. */
  readonly chosen: Language | undefined;
  /** Shown inside another page (`?inline=1`), so without header and footer. */
  readonly inline: boolean;
}

/** The query of the request; names may repeat. Parsed here so that no parser turns it into lists or objects. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const mark = request.url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : request.url.slice(mark));
}

/** The one value of a query parameter; undefined when it is missing or repeated. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const values = queryOf(request).getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/**
 * Whether the browser says that another site started this request (Fetch metadata). Our forms are sent by our own
 * pages, in a frame too, so such a submission is a forgery. Browsers without the header are left to the CSRF value.
 */
export function startedElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
