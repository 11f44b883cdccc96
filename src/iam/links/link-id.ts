import type { FastifyRequest } from 'fastify';
import type { Client } from '../../core/web/clients.js';
import type { BanFilter } from '../sessions/ban-filter.js';
import { pathId } from './request-id.js';

/** The id of a link in the path; one that cannot be any counts as dead. @throws RestRefusal 404/1404, 403/1403 */
export async function requireLinkId(request: FastifyRequest, { address }: Client, bans: BanFilter): Promise<string> {
  return pathId(request) ?? bans.require<string>(address, () => Promise.resolve(undefined));
}
