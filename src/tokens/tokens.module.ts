import { Global, Module } from '@nestjs/common';
import { Hotp } from './kinds/oath/hotp.js';
import { Totp } from './kinds/oath/totp.js';
import { PasscodeKinds } from './kinds/passcode-kinds.js';
import type { PasscodeKind } from './token-kind.js';
import { TokenStore } from './token-store.js';
import { AttemptRepository } from './verification/attempt.repository.js';
import { Passcodes } from './verification/passcodes.js';

/** Kinds whose passcodes are typed. A new one is written down here. */
const PASSCODE_KINDS = [Totp, Hotp];

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
    Passcodes,
    TokenStore,
  ],
  exports: [Passcodes, PasscodeKinds, TokenStore],
})
export class TokensModule {}
