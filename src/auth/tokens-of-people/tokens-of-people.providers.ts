import { ActivateTokenAssignmentMethod } from './activate-token-assignment.auth.js';
import { Activation } from './activation.js';
import { ActivationCodeSending } from './activation-code-sending.js';
import { CodeAttempts } from './code-attempts.js';
import { DownloadAuthorisation } from './download-authorisation.js';
import { DownloadTokenMethod } from './download-token.auth.js';
import { ListTokenAssignmentsMethod } from './list-token-assignments.auth.js';
import { ListTokensMethod } from './list-tokens.auth.js';
import { PersonTokens } from './person-tokens.js';
import { PinVerification } from './pin-verification.js';
import { SendActivationCodeMethod } from './send-activation-code.auth.js';
import { SyncTokenMethod } from './sync-token.auth.js';
import { Synchronisation } from './synchronisation.js';
import { TokenConfinement } from './token-confinement.js';
import { TokenDownload } from './token-download.js';
import { TokenTargets } from './token-target.js';
import { UserRows } from './user-rows.js';
import { VerifyPinMethod } from './verify-pin.auth.js';

/** Tokens of people, and what is done with them by way of agents. */
export const TOKEN_PROVIDERS = [
  Activation,
  ActivationCodeSending,
  CodeAttempts,
  DownloadAuthorisation,
  PersonTokens,
  PinVerification,
  Synchronisation,
  TokenConfinement,
  TokenDownload,
  TokenTargets,
  UserRows,
  ListTokensMethod,
  ListTokenAssignmentsMethod,
  SendActivationCodeMethod,
  ActivateTokenAssignmentMethod,
  DownloadTokenMethod,
  SyncTokenMethod,
  VerifyPinMethod,
];
