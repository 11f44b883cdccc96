import type { RpcAnswer } from '../../support/manager-client.js';
import { CHIEF, STAFF_PASSWORD, type World } from '../../pwreset/contract/world.js';

/** Callers by their role and domain, in the worlds of `acme`. */
export const CALLERS = {
  'global-admin': [CHIEF.user, CHIEF.password],
  'domain-admin of ACME': ['ACME\\keeper', STAFF_PASSWORD],
  'user-manager of ACME': ['ACME\\helper', STAFF_PASSWORD],
  'domain-admin of Umbrella': ['Umbrella\\keeper', STAFF_PASSWORD],
  'user-manager of Umbrella': ['Umbrella\\helper', STAFF_PASSWORD],
} as const;
export type Caller = keyof typeof CALLERS;

/** A call with id 0 as one of the callers. */
export function callAs(world: World, caller: Caller, method: string, params: object = {}): Promise<RpcAnswer> {
  const [user, password] = CALLERS[caller];
  return world.manager(user, password).call(method, params);
}

/** The answer of a call with id 0 that was carried out. */
export function answer(result: unknown): object {
  return { jsonrpc: '2.0', result, id: 0 };
}

/** The distinguished name of a built-in person of ACME. */
export function dnOf({ login }: { readonly login: string }, domain = 'ACME'): string {
  return `cn=${login},dc=${domain}`;
}

/** The errors of section 3 about a person. */
export const UNKNOWN_DN = 'cn=nobody,dc=ACME';
