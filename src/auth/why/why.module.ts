import { Module } from '@nestjs/common';
import { AttemptCounters } from '../../core/throttle/attempt-counters.js';
import { GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { TokenStore } from '../../tokens/token-store.js';
import { Policies } from '../policies/policies.js';
import { CredentialsHeld } from '../procedures/credentials-held.repository.js';
import { RequiredSteps } from '../procedures/required-steps.js';
import { AccountStanding } from './account-standing.js';
import { AuthenticatorFindings } from './authenticator-findings.js';
import { LogonDiagnosis } from './logon-diagnosis.js';
import { PasscodeFindings } from './passcode-findings.js';
import { PasswordFindings } from './password-findings.js';
import { PersonSearch } from './person-search.js';

/** Why people cannot log on: for the server, and for the command line, which has no surfaces and no schedules. */
@Module({
  providers: [
    AccountBlocks,
    AccountStanding,
    AttemptCounters,
    AuthenticatorFindings,
    CredentialsHeld,
    GuardedAttempts,
    LogonDiagnosis,
    PasscodeFindings,
    PasswordFindings,
    PersonSearch,
    Policies,
    RequiredSteps,
    TokenStore,
  ],
  exports: [LogonDiagnosis],
})
export class WhyModule {}
