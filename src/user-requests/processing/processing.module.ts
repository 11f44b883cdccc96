import { Module } from '@nestjs/common';
import { PasswordsModule } from '../../passwords/passwords.module.js';
import { PeopleModule } from '../../people/people.module.js';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { CreationModule } from '../creation/creation.module.js';
import { CustomRequest } from '../custom/custom-request.js';
import { LocalEndpoints } from '../custom/local-endpoints.js';
import { CallReader } from './call-reader.js';
import { CrossOrigin } from './cross-origin.js';
import { PasswordPages } from './pages/password-pages.js';
import { ProcessedTypes } from './processed-types.js';
import { ProcessingAnswers } from './processing-answers.js';
import { ProcessingController } from './processing.controller.js';
import { ProcessingFilter } from './processing.filter.js';
import { ClosedReceipts } from './proof/closed-receipts.js';
import { PinGate } from './proof/pin-gate.js';
import { PinProof } from './proof/pin-proof.js';
import { RequestPeople } from './proof/request-people.js';
import { RequestProof } from './proof/request-proof.js';
import { RequestForms } from './request-forms.js';
import { RequestProcessing } from './request-processing.js';
import { AccountUnlock } from './types/account-unlock.js';
import { Consumption } from './types/consumption.js';
import { LogIn } from './types/log-in.js';
import { PasswordRequestInterruption } from './types/password-request-interruption.js';
import { PasswordRequest } from './types/password-request.js';
import { Redirects } from './types/redirects.js';
import { UnlockRequest } from './types/unlock-request.js';

/** What processes user requests (user-requests sections 4 to 6). */
@Module({
  imports: [CreationModule, PasswordsModule, PeopleModule, SessionsModule],
  controllers: [ProcessingController],
  providers: [
    AccountUnlock,
    CallReader,
    ClosedReceipts,
    Consumption,
    CrossOrigin,
    CustomRequest,
    LocalEndpoints,
    LogIn,
    PasswordPages,
    PasswordRequest,
    PasswordRequestInterruption,
    PinGate,
    PinProof,
    ProcessedTypes,
    ProcessingAnswers,
    ProcessingFilter,
    Redirects,
    RequestForms,
    RequestPeople,
    RequestProcessing,
    RequestProof,
    UnlockRequest,
  ],
})
export class ProcessingModule {}
