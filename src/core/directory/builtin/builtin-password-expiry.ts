import { DomainError } from '../../errors/domain-error.js';
import type { PasswordExpiry } from '../capabilities/password-expiry.js';
import type { Person } from '../directory.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';

/** Asks built-in people for another password. */
export class BuiltinPasswordExpiry implements PasswordExpiry {
  constructor(private readonly people: BuiltinPersonRepository) {}

  async demandChange({ key, dn }: Person): Promise<void> {
    const demanded = await this.people.demandPasswordChange(key);
    if (!demanded) throw new DomainError('account-not-found', { params: { dn } });
  }
}
