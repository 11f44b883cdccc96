import type { FastifyRequest } from 'fastify';
import { isUuid } from '../../core/database/uuid.js';

/** The path parameter `id`; undefined unless it is a UUID. */
export function pathId(request: FastifyRequest): string | undefined {
  const { id = '' } = request.params as { readonly id?: string };
  return isUuid(id) ? id : undefined;
}
