import type { RequestPurpose } from '../../core/requests/request-purpose.js';

/** Passwords that break the rules after which a request is dead (iam-rest section 9). */
const REFUSED_PASSWORDS = 20;

/** Making an account by proving a mailbox (iam-rest section 3). */
export const selfRegistration: RequestPurpose = {
  name: 'self-registration',
  attemptLimit: REFUSED_PASSWORDS,
  supersedes: 'login',
  secretShape: 'uuid',
};

/** Getting back in after a password was forgotten (iam-rest section 4). */
export const accountRecovery: RequestPurpose = {
  name: 'account-recovery',
  attemptLimit: REFUSED_PASSWORDS,
  supersedes: 'account',
  secretShape: 'uuid',
};

/** A first password for somebody whom an administrator invited (iam-rest section 5). */
export const invitation: RequestPurpose = {
  name: 'invitation',
  attemptLimit: REFUSED_PASSWORDS,
  supersedes: 'account',
  secretShape: 'uuid',
};
