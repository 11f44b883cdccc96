import { ActivationCodes } from './activation-codes.js';
import { ActivationDispatch } from './activation-dispatch.js';
import { ActivationHousekeeping } from './activation-housekeeping.js';
import { ActivationProof } from './activation-proof.js';
import { ActivationSender } from './activation-sender.js';
import { AssignedTokens } from './assigned-tokens.js';
import { TokenActivation } from './token-activation.js';

/** Codes that activate tokens, and what they are for. */
export const ACTIVATION_SERVICES = [
  ActivationCodes,
  ActivationProof,
  ActivationSender,
  AssignedTokens,
  TokenActivation,
];

/** What runs by itself. */
export const ACTIVATION_JOBS = [ActivationDispatch, ActivationHousekeeping];
