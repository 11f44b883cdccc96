import type { RequestPurpose } from '../../core/requests/request-purpose.js';

/** Path of the page behind "this was not me". */
export const FREEZE_PATH = '/webapps/selfreg/not-me/';

/**
 * The link in the message about a changed authenticator: whoever did not recognise the change stops the authenticator
 * with it. A newer change leaves the links about older ones alive.
 */
export const authenticatorFreeze: RequestPurpose = {
  name: 'authenticator-freeze',
  attemptLimit: 5,
  supersedes: false,
  // Whoever set up an authenticator that is not theirs may well change the password and the address next.
  outlivesCredentials: true,
};

/** Hours for which the link works: a person on holiday still finds it. */
export const FREEZE_HOURS = 720;
