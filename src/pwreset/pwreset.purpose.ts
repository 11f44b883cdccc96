import type { RequestPurpose } from '../core/requests/request-purpose.js';

/** Setting a new password by link (manager-json-rpc sections 6 and 10.2). */
export const passwordReset: RequestPurpose = { name: 'password-reset', attemptLimit: 5, supersedes: 'account' };

/** Where its page lives (manager-json-rpc section 7). */
export const PASSWORD_RESET_PATH = '/webapps/pwreset/';
