import type { Scenario } from '../harness/scenario.js';
import { authLogon } from './auth-logon.js';
import { authOneCode } from './auth-one-code.js';
import { authVerify, authVerifyTwo } from './auth-verify.js';
import { iamRecovery } from './iam-recovery.js';
import { jsonRpcFloor } from './json-rpc-floor.js';
import { passwordResetNone } from './pwreset-none.js';
import { tokensImport } from './tokens-import.js';
import { totpCore } from './totp-core.js';
import { userRequests } from './user-requests.js';

/** Every scenario, in the order in which they are measured. */
export const scenarios: readonly Scenario[] = [
  jsonRpcFloor,
  passwordResetNone,
  totpCore,
  authVerify,
  authVerifyTwo,
  authOneCode,
  authLogon,
  iamRecovery,
  userRequests,
  tokensImport,
];
