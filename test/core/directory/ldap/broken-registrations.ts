import { describe, expect, it, vi } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { LdapConnectionError } from '../../../../src/core/directory/ldap/ldap-connection-error.js';
import { LdapConnection } from '../../../../src/core/directory/ldap/ldap-connection.js';
import type { LdapDirectory } from '../../../../src/core/directory/ldap/ldap-directory.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';

const CASTAWAY = { login: 'castaway', displayName: 'Cast Away', password: plainSecret('Castaways-password-1') };

/** What is left of a person whose making is interrupted, on a real LDAP server. */
export function describeBrokenRegistrations(theDirectory: () => LdapDirectory): void {
  describe('a connection that breaks while somebody is made', () => {
    it.each([
      ['before', false],
      ['after', true],
    ])('attack 54: %s any one of the requests is sent leaves a whole person or nobody', async (_, sent) => {
      const directory = theDirectory();
      const leftovers: number[] = [];
      let outcome: unknown;
      for (let request = 0; outcome !== 'over'; request++) {
        outcome = await breakAt(directory, request, sent);
        const person = await directory.findByLogin(CASTAWAY.login);
        const whole = outcome === 'made' || outcome === 'over';
        expect((await directory.verifyPassword(person, CASTAWAY.password)).ok).toBe(whole);
        expect(whole || DomainError.is(outcome, 'directory-unavailable')).toBe(true);
        if (person && !whole) leftovers.push(request);
        if (person) await directory.registry.remove(person);
      }
      // Only a lost answer to the addition itself leaves an entry, as which nobody can log on.
      expect(leftovers).toHaveLength(sent ? 1 : 0);
    });
  });
}

/** Makes the castaway, with the connection broken at one request: before it is sent, or before its answer is taken. */
async function breakAt(directory: LdapDirectory, request: number, sent: boolean): Promise<unknown> {
  const send = Reflect.get(LdapConnection.prototype, 'send');
  let requests = 0;
  const broken = vi.spyOn(LdapConnection.prototype, 'send').mockImplementation(async function (
    this: LdapConnection,
    message,
  ) {
    const turn = requests++;
    if (turn === request && sent) await send.call(this, message);
    if (turn === request) {
      this.close();
      throw new LdapConnectionError('closed', 'cut by the test');
    }
    return send.call(this, message);
  });
  const outcome = await directory.registry.create(CASTAWAY).then(
    () => 'made',
    (error: unknown) => error,
  );
  broken.mockRestore();
  return requests > request ? outcome : 'over';
}
