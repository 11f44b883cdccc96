import type { FastifyRequest } from 'fastify';
import { isUuid } from '../../core/database/uuid.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** The path parameter `id`; undefined unless it is a UUID. */
export function pathId(request: FastifyRequest): string | undefined {
  const { id = '' } = request.params as { readonly id?: string };
  return isUuid(id) ? id : undefined;
}

/** As {@link pathId}. @throws RestRefusal 404/1404 */
export function requirePathId(request: FastifyRequest, what: string): string {
  const id = pathId(request);
  if (id === undefined) throw RestRefusal.notFound(what);
  return id;
}
