import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { OneTimeRequest } from './one-time-request.entity.js';

/** What a request keeps that was used, or reached nobody: everything but its secrets. */
export const WITHOUT_SECRETS = {
  linkDigest: null,
  receiptDigest: null,
  pinDigest: null,
  pageSessionDigest: null,
  claimedAt: null,
} satisfies QueryDeepPartialEntity<OneTimeRequest>;

/** What a request keeps that ended unused: no secret either, but for the codes of those that tell how they ended. */
export const WITHOUT_LIVING_SECRETS = {
  ...WITHOUT_SECRETS,
  linkDigest: () => 'CASE WHEN keeps_codes THEN link_digest END',
  receiptDigest: () => 'CASE WHEN keeps_codes THEN receipt_digest END',
} satisfies QueryDeepPartialEntity<OneTimeRequest>;

/** {@link WITHOUT_LIVING_SECRETS} in SQL. */
export const ERASE_LIVING_SECRETS = `link_digest = CASE WHEN keeps_codes THEN link_digest END,
  receipt_digest = CASE WHEN keeps_codes THEN receipt_digest END,
  pin_digest = NULL, page_session_digest = NULL, claimed_at = NULL`;
