import { DirectEnrolment } from '../enrolment/direct-enrolment.js';
import { AppKeyCheck } from './app-keys/app-key-check.js';
import { AppKeys } from './app-keys/app-keys.js';
import { EmergencyCodeCheck } from './emergency-code/emergency-code-check.js';
import { EmergencyCodes } from './emergency-code/emergency-codes.js';
import { OtpListChallenges } from './otp-list/otp-list-challenges.js';
import { OtpListEnrolment } from './otp-list/otp-list-enrolment.js';
import { OtpListRepository } from './otp-list/otp-list.repository.js';
import { OtpListSeeds } from './otp-list/otp-list-seeds.js';
import { OtpLists } from './otp-list/otp-lists.js';
import { PinCodes } from './pin-code/pin-codes.js';

/** Services of the kinds that people know by heart, look up or are sent: the rest of the house calls these. */
export const LIST_SERVICES = [
  AppKeyCheck,
  AppKeys,
  EmergencyCodeCheck,
  EmergencyCodes,
  OtpListChallenges,
  OtpListEnrolment,
  OtpLists,
  PinCodes,
];

/** What those services are made of. */
export const LIST_PARTS = [DirectEnrolment, OtpListRepository, OtpListSeeds];
