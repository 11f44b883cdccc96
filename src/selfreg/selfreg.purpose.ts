import type { RequestPurpose } from '../core/requests/request-purpose.js';

/** Enrolling an authenticator by link (manager-json-rpc sections 5 and 10.1). */
export const tokenEnrolment: RequestPurpose = { name: 'token-enrolment', attemptLimit: 5, supersedes: 'account' };

/** Where its page lives (manager-json-rpc section 7). */
export const ENROLMENT_PATH = '/webapps/selfreg/';
