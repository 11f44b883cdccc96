import type { Domain } from '../../core/domains/domain.entity.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import {
  type Application,
  AUTHENTICATOR_NAMES,
  type AuthenticatorCode,
  type LogonStep,
  type Realm,
} from '../applications/application.js';

/** Things of the catalogue with the attributes that `object-types.ts` declares. */

export function domainObject({ id, name }: Domain): WireObject {
  return { id, name };
}

export function realmObject({ id, name, domains }: Realm): WireObject {
  return { id, name, domains: () => domains.map(domainObject) };
}

export function applicationObject(application: Application): WireObject {
  const { id, name, description, realm, logonProcedure } = application;
  return {
    id,
    name,
    description: description ?? null,
    realm: realm ? realmObject(realm) : null,
    logonProcedures: logonProcedure ? [{ ...logonProcedure }] : [],
  };
}

export function authenticatorObject(code: AuthenticatorCode): WireObject {
  return { code, name: AUTHENTICATOR_NAMES[code] };
}

export function stepObject({ id, name, description, authenticators, logonProcedure, ...step }: LogonStep): WireObject {
  return {
    id,
    name,
    description: description ?? null,
    challengResponse: step.challengeResponse,
    checkStaticPass: step.checkStaticPassword,
    authenticators: () => authenticators.map(authenticatorObject),
    logonProcedure: { ...logonProcedure },
  };
}
