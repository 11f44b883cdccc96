import { Module } from '@nestjs/common';
import { LinksModule } from '../delivery/links/links.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AppKeyPages } from './app-keys/app-keys.pages.js';
import { EnrolmentRequests } from './enrolling/enrolment-requests.js';
import { EnrolmentSessions } from './enrolling/enrolment-sessions.js';
import { ItemDesk } from './enrolling/item-desk.js';
import { ProofDesk } from './enrolling/proof-desk.js';
import { EmergencyCodePages } from './emergency-code/emergency-code.pages.js';
import { SshKeyPages } from './ssh-key/ssh-key.pages.js';
import { GridCardPages } from './grid-card/grid-card.pages.js';
import { GridGoPages } from './grid-go/grid-go.pages.js';
import { CertificatePages } from './certificate/certificate.pages.js';
import { QuestionPages } from './questions/questions.pages.js';
import { FidoPages } from './fido/fido.pages.js';
import { NotMePages } from './not-me/not-me.pages.js';
import { NotMeService } from './not-me/not-me.service.js';
import { OtpListPages } from './otp-list/otp-list.pages.js';
import { PinCodePages } from './pin-code/pin-code.pages.js';
import { EnrolmentChoicePages } from './selfreg-choice.pages.js';
import { EnrolmentLinkPages } from './selfreg-link.pages.js';
import { EnrolmentLoginPages } from './selfreg-login.pages.js';
import { EnrolmentRpc } from './selfreg.rpc.js';
import { EnrolmentService } from './selfreg.service.js';
import { HardwareTokenPages } from './token/hardware.pages.js';
import { PushPages } from './push/push.pages.js';
import { YubikeyPages } from './token/yubikey.pages.js';
import { TokenPages } from './token/token.pages.js';

/** The page of each item; a new one is written down here. */
const ITEM_PAGES = [
  TokenPages,
  HardwareTokenPages,
  YubikeyPages,
  PinCodePages,
  AppKeyPages,
  OtpListPages,
  FidoPages,
  PushPages,
  EmergencyCodePages,
  SshKeyPages,
  GridCardPages,
  GridGoPages,
  QuestionPages,
  CertificatePages,
];

/** Enrolling authenticators by link: the method that sends it and the pages that it opens. */
@Module({
  imports: [LinksModule, SessionsModule],
  controllers: [NotMePages, EnrolmentLinkPages, EnrolmentLoginPages, EnrolmentChoicePages, ...ITEM_PAGES],
  providers: [NotMeService, EnrolmentRpc, EnrolmentRequests, EnrolmentService, EnrolmentSessions, ItemDesk, ProofDesk],
})
export class EnrolmentModule {}
