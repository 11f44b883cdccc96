import type { CreatedRequest } from '../../core/requests/request-creation.js';

/** What the caller gets: `{request_id};{request_code}` (user-requests section 3). */
export function receiptText({ request, receipt }: Pick<CreatedRequest, 'request' | 'receipt'>): string {
  if (receipt === undefined) throw new Error('a user request without a code for its caller');
  return `${request.number};${receipt}`;
}
