import type { DomainErrorCode, DomainErrorParams } from '../../errors/domain-error.js';

/**
 * How pages speak of each refusal of the core: `own` in a sentence of its own, or in one that several share. Where a
 * page must not tell, or has nothing to tell that helps, it is the neutral one. Decided here for all languages; a new
 * code does not compile until it is.
 */
const MANNERS = {
  'domain-missing': 'neutral',
  'domain-not-found': 'neutral',
  'account-not-found': 'neutral',
  'account-ambiguous': 'neutral',
  'dn-not-valid': 'neutral',
  'account-not-activated': 'inactive',
  'account-disabled': 'inactive',
  'account-locked': 'own',
  'account-expired': 'inactive',
  'login-taken': 'neutral',
  'group-not-found': 'neutral',
  'credentials-missing': 'neutral',
  'credentials-invalid': 'neutral',
  'password-expired': 'neutral',
  'password-must-change': 'neutral',
  'access-denied': 'neutral',
  'client-address-not-allowed': 'neutral',
  'client-address-unreadable': 'neutral',
  'too-many-attempts': 'own',
  'send-limit-reached': 'neutral',
  'value-out-of-range': 'neutral',
  'unknown-word': 'neutral',
  'attribute-not-valid': 'neutral',
  'filter-not-valid': 'neutral',
  'no-address': 'neutral',
  'delivery-failed': 'neutral',
  'second-factor-unavailable': 'neutral',
  'feature-locked': 'neutral',
  'nothing-to-change': 'neutral',
  'password-mismatch': 'own',
  'password-too-short': 'own',
  'password-too-long': 'own',
  'password-too-simple': 'own',
  'password-too-common': 'own',
  'password-contains-name': 'own',
  'password-in-history': 'own',
  'password-too-young': 'own',
  'password-refused': 'own',
  'password-change-forbidden': 'own',
  'request-not-valid': 'neutral',
  'page-session-ended': 'neutral',
  'form-not-valid': 'own',
  'change-in-progress': 'own',
  'change-not-completed': 'own',
  'passcode-wrong': 'own',
  'passcode-replayed': 'own',
  'passcode-expired': 'own',
  'token-out-of-sync': 'own',
  'authenticator-locked': 'own',
  'no-usable-token': 'own',
  'token-not-found': 'neutral',
  'token-disabled': 'unusable',
  'token-not-activated': 'unusable',
  'token-outside-validity': 'unusable',
  'token-spent': 'unusable',
  'serial-taken': 'own',
  'seed-not-valid': 'own',
  'key-not-valid': 'own',
  'certificate-request-not-valid': 'own',
  'slot-taken': 'own',
  'proof-not-valid': 'own',
  'challenge-not-valid': 'own',
  'passcode-sent-recently': 'own',
  'channel-not-allowed': 'neutral',
  'template-not-valid': 'neutral',
  'setting-not-valid': 'neutral',
  'directory-unavailable': 'own',
  'directory-misconfigured': 'notReady',
  'directory-rights-missing': 'notReady',
  'directory-unsupported': 'neutral',
  'database-unavailable': 'own',
  overloaded: 'own',
  internal: 'neutral',
} as const satisfies Record<DomainErrorCode, 'own' | 'neutral' | 'inactive' | 'notReady' | 'unusable'>;

type Manners = typeof MANNERS;
type Sentence = (params: DomainErrorParams) => string;

/** Codes with a sentence of their own, and the names of the shared sentences. */
type Spoken =
  | { [Code in DomainErrorCode]: Manners[Code] extends 'own' ? Code : never }[DomainErrorCode]
  | Exclude<Manners[DomainErrorCode], 'own'>;

/** What a page says for each refusal of the core. */
export type ErrorSentences = Readonly<Record<DomainErrorCode, Sentence>>;

/** The sentences of one language; one that is missing does not compile. */
export function errorSentences(spoken: Readonly<Record<Spoken, Sentence>>): ErrorSentences {
  const sentences = Object.entries(MANNERS).map(([code, manner]) => [
    code,
    spoken[manner === 'own' ? (code as Spoken) : manner],
  ]);
  return Object.fromEntries(sentences) as ErrorSentences;
}
