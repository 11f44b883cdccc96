import { Global, Module } from '@nestjs/common';
import { ACTIVATION_JOBS, ACTIVATION_SERVICES } from './activation/activation.providers.js';
import { AccountBlocks } from './blocking/account-blocks.js';
import { ChallengeHousekeeping } from './challenges/challenge-housekeeping.js';
import { Challenges } from './challenges/challenges.js';
import { NamedChallenges } from './challenges/named-challenges.js';
import { AuthenticatorNotices } from './enrolment/authenticator-notices.js';
import { AuthenticatorSwitch } from './enrolment/authenticator-switch.js';
import { Enrolments } from './enrolment/enrolments.js';
import { FirstPasscode } from './enrolment/first-passcode.js';
import { GridEnrolment } from './enrolment/grid-enrolment.js';
import { InventoryEnrolment } from './enrolment/inventory-enrolment.js';
import { OathEnrolment } from './enrolment/oath-enrolment.js';
import { OwnEnrolments } from './enrolment/own-enrolments.js';
import { PasscodeProof } from './enrolment/passcode-proof.js';
import { YubikeyEnrolment } from './enrolment/yubikey-enrolment.js';
import { Inventory } from './inventory/inventory.js';
import { InventoryProof } from './inventory/inventory-proof.js';
import { InventoryRepository } from './inventory/inventory.repository.js';
import { AppKeyHandover } from './kinds/app-keys/app-key-handover.js';
import { AppKeyHousekeeping } from './kinds/app-keys/app-key-housekeeping.js';
import { EmergencyCode } from './kinds/emergency-code/emergency-code.js';
import { GridCard } from './kinds/grid-card/grid-card.js';
import { GridCardPath } from './kinds/grid-card/grid-card-path.js';
import { GridGo } from './kinds/grid-go/grid-go.js';
import { KEY_CONTROLLERS, KEY_KINDS } from './kinds/key-kinds.js';
import { LIST_PARTS, LIST_SERVICES } from './kinds/list-kinds.js';
import { Hotp } from './kinds/oath/hotp.js';
import { Totp } from './kinds/oath/totp.js';
import { Ocra } from './kinds/ocra/ocra.js';
import { OtpList } from './kinds/otp-list/otp-list.js';
import { PasscodeKinds } from './kinds/passcode-kinds.js';
import { PinCode } from './kinds/pin-code/pin-code.js';
import type { ResponseKind } from './kinds/responses/response-kind.js';
import { ResponseKinds } from './kinds/responses/response-kinds.js';
import { Responses } from './kinds/responses/responses.js';
import { Yubikey } from './kinds/yubikey/yubikey.js';
import { PUSH_PARTS, PUSH_SERVICES } from './push-requests/push-services.js';
import { HeldSecondFactors } from './second-factor/held-second-factors.js';
import { SecondFactorChecks } from './second-factor/second-factor-checks.js';
import { SecondFactorQuestions } from './second-factor/second-factor-questions.js';
import { SecondFactorStep } from './second-factor/second-factor-step.js';
import { SecondFactors } from './second-factor/second-factors.js';
import type { PasscodeKind } from './token-kind.js';
import { TokenPlaces } from './token-places.js';
import { TokenStore } from './token-store.js';
import { AttemptRepository } from './verification/attempt.repository.js';
import { Attempts } from './verification/attempts.js';
import { AuthenticatorResync } from './verification/authenticator-resync.js';
import { Passcodes } from './verification/passcodes.js';
import { TokenlessAttempts } from './verification/tokenless-attempts.js';

/** Kinds whose passcodes are typed. A new one is written down here. */
const PASSCODE_KINDS = [Totp, Hotp, Yubikey, OtpList, PinCode, EmergencyCode, GridCardPath];

/** What administrators do with authenticators. */
const ADMINISTRATION = [
  AccountBlocks,
  AppKeyHandover,
  AuthenticatorResync,
  AuthenticatorSwitch,
  Inventory,
  InventoryProof,
  InventoryRepository,
];

/** Kinds that answer questions. */
const RESPONSE_KINDS = [Ocra, GridCard, GridGo];

/** Tokens of every kind: whose they are, and whether what a person shows is right. */
@Global()
@Module({
  controllers: KEY_CONTROLLERS,
  providers: [
    ...PASSCODE_KINDS,
    {
      provide: PasscodeKinds,
      inject: PASSCODE_KINDS,
      useFactory: (...kinds: PasscodeKind[]) => new PasscodeKinds(kinds),
    },
    ...RESPONSE_KINDS,
    {
      provide: ResponseKinds,
      inject: RESPONSE_KINDS,
      useFactory: (...kinds: ResponseKind[]) => new ResponseKinds(kinds),
    },
    Responses,
    ...ACTIVATION_JOBS,
    ...ACTIVATION_SERVICES,
    ...KEY_KINDS,
    ...LIST_PARTS,
    ...LIST_SERVICES,
    ...PUSH_PARTS,
    ...PUSH_SERVICES,
    ...ADMINISTRATION,
    HeldSecondFactors,
    SecondFactorChecks,
    SecondFactorQuestions,
    SecondFactorStep,
    SecondFactors,
    AttemptRepository,
    Attempts,
    AppKeyHousekeeping,
    ChallengeHousekeeping,
    Challenges,
    NamedChallenges,
    Passcodes,
    TokenPlaces,
    TokenStore,
    AuthenticatorNotices,
    Enrolments,
    FirstPasscode,
    GridEnrolment,
    InventoryEnrolment,
    OathEnrolment,
    OwnEnrolments,
    PasscodeProof,
    YubikeyEnrolment,
  ],
  exports: [
    ...ACTIVATION_SERVICES,
    ...KEY_KINDS,
    ...LIST_SERVICES,
    ...PUSH_SERVICES,
    ...ADMINISTRATION,
    Attempts,
    AuthenticatorNotices,
    Challenges,
    Enrolments,
    GridEnrolment,
    HeldSecondFactors,
    InventoryEnrolment,
    NamedChallenges,
    OathEnrolment,
    OwnEnrolments,
    PasscodeKinds,
    PasscodeProof,
    Passcodes,
    ResponseKinds,
    Responses,
    SecondFactorChecks,
    SecondFactorQuestions,
    SecondFactorStep,
    SecondFactors,
    TokenPlaces,
    TokenStore,
    TokenlessAttempts,
    YubikeyEnrolment,
  ],
})
export class TokensModule {}
