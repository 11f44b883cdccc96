/** What a request lets its person do, in the words of the pages. */
export type RequestName =
  'enrolment' | 'new-password' | 'first-password' | 'registration' | 'unlock' | 'log-in' | 'custom' | 'other';

/** The names of the purposes that features declare; what is not among them is `other`. */
const NAMES: Readonly<Record<string, RequestName>> = {
  'token-enrolment': 'enrolment',
  'password-reset': 'new-password',
  'account-recovery': 'new-password',
  invitation: 'first-password',
  'self-registration': 'registration',
  'user-login-unattended': 'log-in',
  'user-login': 'log-in',
  'user-password-set': 'first-password',
  'user-password-reset': 'new-password',
  'user-unlock': 'unlock',
  'user-custom': 'custom',
};

export function requestName(purpose: string): RequestName {
  return NAMES[purpose] ?? 'other';
}
