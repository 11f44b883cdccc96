import { ChallengeIssue } from './challenge-issue.js';
import { ChallengeMakers } from './challenge-makers.js';
import { ChangePasswordMethod } from './change-password.auth.js';
import { GetChallengeCodeMethod } from './get-challenge-code.auth.js';
import { NewPasswordRules } from './new-password-rules.js';
import { OwnPasswordChange } from './own-password-change.js';
import { PasscodeSending } from './passcode-sending.js';
import { SendOtpMethod } from './send-otp.auth.js';
import { Strangers } from './strangers.js';
import { Verification } from './verification.js';
import { VerifyResponseMethod } from './verify-response.auth.js';
import { VerifyMethod } from './verify.auth.js';

/** Checks of credentials outside a logon. */
export const VERIFICATION_PROVIDERS = [
  ChallengeIssue,
  ChallengeMakers,
  NewPasswordRules,
  OwnPasswordChange,
  PasscodeSending,
  Strangers,
  Verification,
  VerifyMethod,
  VerifyResponseMethod,
  GetChallengeCodeMethod,
  SendOtpMethod,
  ChangePasswordMethod,
];
