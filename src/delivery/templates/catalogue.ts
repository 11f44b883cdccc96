import type { MessagePurpose } from '../outbox.js';
import * as activationCode from './activation-code/index.js';
import * as accountExists from './account-exists/index.js';
import * as authenticatorAdded from './authenticator-added/index.js';
import * as authenticatorRemoved from './authenticator-removed/index.js';
import * as authorisationCode from './authorisation-code/index.js';
import * as emergencyCode from './emergency-code/index.js';
import * as invitationLink from './invitation-link/index.js';
import * as nextPasscode from './next-passcode/index.js';
import * as oneTimePasscode from './one-time-passcode/index.js';
import * as passwordChanged from './password-changed/index.js';
import * as passwordResetLink from './password-reset-link/index.js';
import * as pushDenied from './push-denied/index.js';
import * as recoveryLink from './recovery-link/index.js';
import * as registrationLink from './registration-link/index.js';
import * as tokenEnrolmentLink from './token-enrolment-link/index.js';
import type { TemplateCatalogue } from './template.js';
import * as userLoginLink from './user-login-link/index.js';
import * as userPasswordResetLink from './user-password-reset-link/index.js';
import * as userPasswordSetLink from './user-password-set-link/index.js';
import * as userRequestPin from './user-request-pin/index.js';
import * as userUnlockLink from './user-unlock-link/index.js';

const PERSON = ['USERNAME', 'DOMAIN', 'FULLNAME', 'ORGANISATION'] as const;
/** What a letter about a user request says besides: who asked, and until when it works (user-requests section 6). */
const USER_REQUEST = [...PERSON, 'EXPIRES', 'ADMIN', 'ADDRESS'] as const;

/** One, five and fifteen minutes: a link of an hour is of no use much later (iam-rest section 6). */
const IAM_RETRIES = [60, 300, 900] as const;

/** Every purpose with its shipped templates. A purpose added to the outbox does not compile until it is written here. */
export const CATALOGUE: TemplateCatalogue = {
  'password-reset-link': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'EXPIRES', 'HOURS', 'COMMENTS', 'ADMIN'],
    languages: passwordResetLink,
  },
  'password-changed': {
    variables: [...PERSON, 'TIME', 'ADDRESS', 'ADMIN'],
    languages: passwordChanged,
  },
  'token-enrolment-link': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'EXPIRES', 'HOURS', 'COMMENTS', 'ADMIN', 'ITEM'],
    languages: tokenEnrolmentLink,
  },
  'authenticator-added': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'TIME', 'ADDRESS', 'ITEM'],
    languages: authenticatorAdded,
  },
  'authenticator-removed': {
    variables: [...PERSON, 'TIME', 'ADDRESS', 'ITEM'],
    languages: authenticatorRemoved,
  },
  'one-time-passcode': {
    essential: 'PASSCODE',
    variables: [...PERSON, 'PASSCODE', 'EXPIRES'],
    languages: oneTimePasscode,
  },
  'next-passcode': {
    essential: 'PASSCODE',
    variables: [...PERSON, 'PASSCODE', 'EXPIRES'],
    languages: nextPasscode,
  },
  'emergency-code': {
    essential: 'PASSCODE',
    variables: [...PERSON, 'PASSCODE', 'EXPIRES', 'ADDRESS'],
    languages: emergencyCode,
  },
  'activation-code': {
    essential: 'PASSCODE',
    variables: [...PERSON, 'PASSCODE', 'EXPIRES', 'ITEM', 'PAGE'],
    languages: activationCode,
  },
  'authorisation-code': {
    essential: 'PASSCODE',
    variables: [...PERSON, 'PASSCODE', 'EXPIRES', 'ITEM', 'PAGE'],
    languages: authorisationCode,
  },
  'push-denied': {
    variables: [...PERSON, 'APPLICATION', 'TIME', 'ADDRESS'],
    languages: pushDenied,
  },
  'registration-link': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'EXPIRES', 'HOURS', 'ADDRESS'],
    retries: IAM_RETRIES,
    languages: registrationLink,
  },
  'recovery-link': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'EXPIRES', 'HOURS', 'ADDRESS'],
    retries: IAM_RETRIES,
    languages: recoveryLink,
  },
  'invitation-link': {
    essential: 'LINK',
    variables: [...PERSON, 'LINK', 'EXPIRES', 'HOURS', 'ADMIN'],
    retries: IAM_RETRIES,
    languages: invitationLink,
  },
  'account-exists': {
    variables: [...PERSON, 'ADDRESS'],
    languages: accountExists,
  },
  'user-password-set-link': {
    essential: 'LINK',
    variables: [...USER_REQUEST, 'LINK', 'HOURS'],
    languages: userPasswordSetLink,
  },
  'user-password-reset-link': {
    essential: 'LINK',
    variables: [...USER_REQUEST, 'LINK', 'HOURS'],
    languages: userPasswordResetLink,
  },
  'user-unlock-link': {
    essential: 'LINK',
    variables: [...USER_REQUEST, 'LINK', 'HOURS'],
    languages: userUnlockLink,
  },
  'user-login-link': {
    essential: 'LINK',
    variables: [...USER_REQUEST, 'LINK', 'HOURS'],
    languages: userLoginLink,
  },
  'user-request-pin': {
    essential: 'PIN',
    variables: [...USER_REQUEST, 'PIN', 'ITEM'],
    languages: userRequestPin,
  },
};

export function isPurpose(name: string): name is MessagePurpose {
  return Object.hasOwn(CATALOGUE, name);
}
