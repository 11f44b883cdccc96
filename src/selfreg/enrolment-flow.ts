import type { RequestFlow } from '../core/requests/request-sessions.js';
import { ownEnrolment, tokenEnrolment } from '../tokens/enrolment/enrolment-link.js';
import { requirePassword } from './selfreg-settings.js';

/**
 * How an enrolment link is followed: the person logs in before anything can be enrolled (section 10.1, step 2), unless they
 * came from their own page, which has had them prove who they are.
 */
export const enrolmentFlow: RequestFlow = {
  purpose: tokenEnrolment,
  required: ({ request, found }, snapshot) =>
    ownEnrolment(request) === undefined && snapshot.setting(requirePassword, found.domain.id) ? ['password'] : [],
};
