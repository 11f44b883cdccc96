import { Policies } from '../policies/policies.js';
import { CredentialsHeld } from './credentials-held.repository.js';
import { RequiredSteps } from './required-steps.js';
import { UsableAuthenticators } from './usable-authenticators.js';

/** Policies, and what they and the credentials of people make of logon procedures. */
export const PROCEDURE_PROVIDERS = [Policies, CredentialsHeld, RequiredSteps, UsableAuthenticators];
