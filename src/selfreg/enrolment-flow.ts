import type { RequestFlow } from '../core/requests/request-sessions.js';
import { requirePassword } from './selfreg-settings.js';
import { tokenEnrolment } from './selfreg.purpose.js';

/** How an enrolment link is followed: the person logs in before anything can be enrolled (section 10.1, step 2). */
export const enrolmentFlow: RequestFlow = {
  purpose: tokenEnrolment,
  required: ({ found }, snapshot) => (snapshot.setting(requirePassword, found.domain.id) ? ['password'] : []),
};
