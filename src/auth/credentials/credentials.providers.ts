import type { Provider } from '@nestjs/common';
import { AuthPeople } from '../people/auth-people.js';
import { ChallengeAnswers } from './challenge-answers.js';
import { ClientChallenges } from './client-challenges.js';
import type { CredentialCheck } from './credential-check.js';
import type { CheckedMethod } from './credential-methods.js';
import { CredentialOrders } from './credential-orders.js';
import { Credentials } from './credentials.js';
import { FidoAssertion } from './fido-assertion.js';
import { GridCardAnswer, GridOnScreenAnswer } from './grid-answers.js';
import { OnDemandPasscode } from './on-demand-passcode.js';
import { OneTimePassword } from './one-time-password.js';
import { PushApproval } from './push-approval.js';
import { SecurityAnswers } from './security-answers.js';
import { StaticPassword } from './static-password.js';
import { TokenChoice } from './token-choice.js';
import { TokenChoiceRepository } from './token-choice.repository.js';
import { EmergencyCodeCredential, PinCredential, TypedSecrets } from './typed-secrets.js';

/** Every authenticator that is checked. A new one is written down here and in `CHECKED_METHODS`. */
const CHECKS = [
  StaticPassword,
  OneTimePassword,
  OnDemandPasscode,
  PushApproval,
  GridCardAnswer,
  GridOnScreenAnswer,
  EmergencyCodeCredential,
  SecurityAnswers,
  FidoAssertion,
  PinCredential,
];

export const CREDENTIAL_PROVIDERS: Provider[] = [
  ...CHECKS,
  ChallengeAnswers,
  ClientChallenges,
  CredentialOrders,
  TokenChoice,
  TokenChoiceRepository,
  TypedSecrets,
  {
    provide: Credentials,
    inject: [ChallengeAnswers, AuthPeople, ...CHECKS],
    useFactory: (challenges: ChallengeAnswers, people: AuthPeople, ...checks: CredentialCheck[]) =>
      new Credentials(new Map(checks.map((check) => [check.method as CheckedMethod, check])), challenges, people),
  },
];
