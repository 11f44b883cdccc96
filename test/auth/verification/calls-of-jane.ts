import type { AuthWorld } from '../auth-world.js';

export const USER = { loginName: 'jane' };

/** What the suites about her tokens call again and again. */
export function callsOfJane(world: () => AuthWorld) {
  return {
    /** A challenge, of the token that is named or of whichever can be asked. */
    ask: async (token?: object): Promise<{ id: string; code: string }> =>
      (await world().call('getChallengeCode', { user: USER, ...(token && { token }) })).result as {
        id: string;
        code: string;
      },
    /** The code of the answer. */
    verify: (credential: object, more: object = {}): Promise<number> =>
      world().patiently('verify', { user: USER, credential, ...more }),
    policies: (...declared: object[]) => world().apply({ policies: declared as Record<string, unknown>[] }),
  };
}
