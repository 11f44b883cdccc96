import type { FastifyRequest } from 'fastify';
import type { Language } from '../../core/web/language/languages.js';
import { negotiateLanguage } from '../../core/web/language/negotiate-language.js';

/** The language that the caller's browser asks for; undefined when it asks for none. */
export function wishedLanguage(request: FastifyRequest): Language | undefined {
  const wished = request.headers['accept-language'];
  return wished === undefined || wished.trim() === '*' ? undefined : negotiateLanguage(wished);
}
