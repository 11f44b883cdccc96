import { DomainError } from '../../errors/domain-error.js';
import type { PasswordExpiry } from '../capabilities/password-expiry.js';
import type { Person } from '../directory.js';
import type { EntryAccess } from './entry-access.js';
import { type LdapChange, modifyRequest } from './ldap-requests.js';
import { expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

const UNSUPPORTED = { params: { capability: 'passwordExpiry' } } as const;

/** Asks an LDAP directory for another password by what its kind understands. */
export class LdapPasswordExpiry implements PasswordExpiry {
  constructor(
    private readonly access: EntryAccess,
    private readonly demand: readonly LdapChange[],
  ) {}

  async demandChange(person: Person): Promise<void> {
    const { access } = this;
    await access.pool.write(async (connection, changing) => {
      const { dn } = await access.entryOf(person, connection);
      changing();
      const reply = await connection.send(modifyRequest(dn, this.demand));
      if (reply.status === RESULT.undefinedAttributeType) throw new DomainError('directory-unsupported', UNSUPPORTED);
      expectSuccess(reply, 'demanding another password');
      const { mustChangePassword } = await access.toPerson(await access.entryOf(person, connection), connection);
      if (!mustChangePassword) throw new DomainError('directory-unsupported', UNSUPPORTED);
    });
  }
}
