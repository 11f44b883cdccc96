import type { FastifyRequest } from 'fastify';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** Any version, as vendor ids are (iam-rest section 1). */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

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
