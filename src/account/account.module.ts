import { Module } from '@nestjs/common';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SecondFactorPagesModule } from '../tokens/second-factor/second-factor-pages.module.js';
import { AccountDesk } from './account-desk.js';
import { AuthenticatorPages } from './authenticators/authenticators.pages.js';
import { OwnAuthenticators } from './authenticators/own-authenticators.js';
import { OwnEmergencyCodePages } from './emergency-codes/emergency-codes.pages.js';
import { OwnEmergencyCodes } from './emergency-codes/own-emergency-codes.js';
import { HomePages } from './home/home.pages.js';
import { LogIn } from './log-in/log-in.js';
import { LogInPages } from './log-in/log-in.pages.js';
import { OwnPasswordSubmission } from './password/own-password-submission.js';
import { OwnPasswordPages } from './password/password.pages.js';
import { OwnPin } from './pin/own-pin.js';
import { OwnPinPages } from './pin/pin.pages.js';
import { OwnRequests } from './requests/own-requests.js';
import { RequestPages } from './requests/requests.pages.js';
import { SelfService } from './self-service.js';
import { OwnSessions } from './sessions/own-sessions.js';
import { SessionPages } from './sessions/sessions.pages.js';
import { ConfirmPages } from './step-up/confirm.pages.js';
import { OwnPasswordProof } from './step-up/own-password-proof.js';
import { SecondFactorDoor } from './step-up/second-factor-door.js';
import { SecondFactorSessions } from './step-up/second-factor-sessions.js';
import { AccountSecondFactorPages } from './step-up/second-factor.pages.js';
import { StepUp } from './step-up/step-up.js';

/** The home page after log-in: what people have here, and how they look after it. */
@Module({
  imports: [PasswordsModule, SecondFactorPagesModule, SessionsModule],
  controllers: [
    AccountSecondFactorPages,
    AuthenticatorPages,
    ConfirmPages,
    HomePages,
    LogInPages,
    OwnEmergencyCodePages,
    OwnPasswordPages,
    OwnPinPages,
    RequestPages,
    SessionPages,
  ],
  providers: [
    AccountDesk,
    LogIn,
    OwnAuthenticators,
    OwnEmergencyCodes,
    OwnPasswordSubmission,
    OwnPasswordProof,
    OwnPin,
    OwnRequests,
    OwnSessions,
    SecondFactorDoor,
    SecondFactorSessions,
    SelfService,
    StepUp,
  ],
})
export class AccountModule {}
