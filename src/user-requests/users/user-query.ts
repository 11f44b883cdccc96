import type { FastifyRequest } from 'fastify';
import { queryOf } from '../../core/web/visit.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { MOST_USERS, type UserQuery } from './user-listing.js';

/** Reads what a list is asked for. @throws ApiRefusal 400 */
export function readUserQuery(request: FastifyRequest): UserQuery {
  return {
    group: oneOf(request, 'userGroup_id'),
    size: numberOf(request, 'size', 1, MOST_USERS) ?? MOST_USERS,
    offset: numberOf(request, 'offset', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    excluded: excludedOf(request),
  };
}

/** Members of the user JSON that a call does not want (`exclude=email,lastLogin`). */
export function excludedOf(request: FastifyRequest): ReadonlySet<string> {
  const named = queryOf(request)
    .getAll('exclude')
    .flatMap((names) => names.split(','));
  return new Set(named.map((name) => name.trim()));
}

/** The one value of a parameter. @throws ApiRefusal 400 when it is repeated */
export function oneOf(request: FastifyRequest, name: string): string | undefined {
  const values = queryOf(request).getAll(name);
  if (values.length > 1) throw ApiRefusal.parameter(name, 'given several times');
  return values[0] === '' ? undefined : values[0];
}

function numberOf(request: FastifyRequest, name: string, min: number, max: number): number | undefined {
  const text = oneOf(request, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max)) throw ApiRefusal.parameter(name, 'out of range');
  return number;
}
