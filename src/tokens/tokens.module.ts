import { Global, Module } from '@nestjs/common';
import { ChallengeHousekeeping } from './challenges/challenge-housekeeping.js';
import { Challenges } from './challenges/challenges.js';
import { AuthenticatorNotices } from './enrolment/authenticator-notices.js';
import { Enrolments } from './enrolment/enrolments.js';
import { OathEnrolment } from './enrolment/oath-enrolment.js';
import { PasscodeProof } from './enrolment/passcode-proof.js';
import { YubikeyEnrolment } from './enrolment/yubikey-enrolment.js';
import { Hotp } from './kinds/oath/hotp.js';
import { Totp } from './kinds/oath/totp.js';
import { PasscodeKinds } from './kinds/passcode-kinds.js';
import { Yubikey } from './kinds/yubikey/yubikey.js';
import type { PasscodeKind } from './token-kind.js';
import { TokenStore } from './token-store.js';
import { AttemptRepository } from './verification/attempt.repository.js';
import { Attempts } from './verification/attempts.js';
import { Passcodes } from './verification/passcodes.js';

/** Kinds whose passcodes are typed. A new one is written down here. */
const PASSCODE_KINDS = [Totp, Hotp, Yubikey];

/** Tokens of every kind: whose they are, and whether what a person shows is right. */
@Global()
@Module({
  providers: [
    ...PASSCODE_KINDS,
    {
      provide: PasscodeKinds,
      inject: PASSCODE_KINDS,
      useFactory: (...kinds: PasscodeKind[]) => new PasscodeKinds(kinds),
    },
    AttemptRepository,
    Attempts,
    ChallengeHousekeeping,
    Challenges,
    Passcodes,
    TokenStore,
    AuthenticatorNotices,
    Enrolments,
    OathEnrolment,
    PasscodeProof,
    YubikeyEnrolment,
  ],
  exports: [
    Challenges,
    Enrolments,
    OathEnrolment,
    PasscodeKinds,
    PasscodeProof,
    Passcodes,
    TokenStore,
    YubikeyEnrolment,
  ],
})
export class TokensModule {}
