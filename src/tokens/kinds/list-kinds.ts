import { DirectEnrolment } from '../enrolment/direct-enrolment.js';
import { TokenlessAttempts } from '../verification/tokenless-attempts.js';
import { AppKeyCheck } from './app-keys/app-key-check.js';
import { AppKeys } from './app-keys/app-keys.js';
import { EmergencyCodeCheck } from './emergency-code/emergency-code-check.js';
import { EmergencyCodes } from './emergency-code/emergency-codes.js';
import { NextPasscode } from './on-demand/next-passcode.js';
import { OnDemandCheck } from './on-demand/on-demand-check.js';
import { OnDemandPasscodes } from './on-demand/on-demand-passcodes.js';
import { PasscodeCreation } from './on-demand/passcode-creation.js';
import { PasscodeSends } from './on-demand/passcode-sends.repository.js';
import { OtpListChallenges } from './otp-list/otp-list-challenges.js';
import { OtpListEnrolment } from './otp-list/otp-list-enrolment.js';
import { OtpListRepository } from './otp-list/otp-list.repository.js';
import { OtpListSeeds } from './otp-list/otp-list-seeds.js';
import { OtpLists } from './otp-list/otp-lists.js';
import { PinCodes } from './pin-code/pin-codes.js';
import { QuestionAsking } from './questions/question-asking.js';
import { QuestionCheck } from './questions/question-check.js';
import { QuestionRepository } from './questions/question.repository.js';
import { SecurityQuestions } from './questions/security-questions.js';

/** Services of the kinds that people know by heart, look up or are sent: the rest of the house calls these. */
export const LIST_SERVICES = [
  AppKeyCheck,
  AppKeys,
  EmergencyCodeCheck,
  EmergencyCodes,
  NextPasscode,
  OnDemandCheck,
  OnDemandPasscodes,
  OtpListChallenges,
  OtpListEnrolment,
  OtpLists,
  PinCodes,
  QuestionAsking,
  QuestionCheck,
  SecurityQuestions,
];

/** What those services are made of. */
export const LIST_PARTS = [
  DirectEnrolment,
  OtpListRepository,
  OtpListSeeds,
  PasscodeCreation,
  PasscodeSends,
  QuestionRepository,
  TokenlessAttempts,
];
