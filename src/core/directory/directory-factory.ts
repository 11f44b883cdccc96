import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../crypto/password-hasher.js';
import { RandomSource } from '../crypto/random-source.js';
import { Database } from '../database/database.js';
import { Configuration, type Declared } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import { Throttle } from '../throttle/throttle.js';
import { Clock } from '../time/clock.js';
import { ActiveDirectory } from './active-directory/active-directory.js';
import { BuiltinDirectory } from './builtin/builtin-directory.js';
import { BuiltinPersonRepository } from './builtin/builtin-person.repository.js';
import type { Directory, DirectoryKind } from './directory.js';
import { type LdapSettings, ldapSettings, type LdapSpec } from './ldap/ldap-settings.js';
import { OpenLdapDirectory } from './openldap/openldap-directory.js';

type Maker = (domain: Domain, declared: Declared | undefined) => Directory;

/** Makes the adapter that a domain's directory needs. */
@Injectable()
export class DirectoryFactory {
  private readonly makers: Readonly<Record<DirectoryKind, Maker>>;

  constructor(
    database: Database,
    people: BuiltinPersonRepository,
    hasher: PasswordHasher,
    configuration: Configuration,
    throttle: Throttle,
    clock: Clock,
    random: RandomSource,
  ) {
    const builtin = { database, people, hasher, configuration, throttle, clock };
    const tools = { clock, random };
    this.makers = {
      builtin: (domain) => new BuiltinDirectory(domain, builtin),
      openldap: (_domain, declared) => new OpenLdapDirectory(declaredSettings(declared), tools),
      'active-directory': (_domain, declared) => new ActiveDirectory(declaredSettings(declared), tools),
    };
  }

  make(domain: Domain, declared: Declared | undefined): Directory {
    const kind = (declared?.spec['kind'] ?? 'builtin') as DirectoryKind;
    return this.makers[kind](domain, declared);
  }
}

/** What the configuration file declared, as the adapters take it; the reader has checked its shape. */
function declaredSettings(declared: Declared | undefined): LdapSettings {
  const bindPassword = declared?.secrets['bindPassword'];
  if (!declared || !bindPassword) throw new DomainError('directory-misconfigured', { detail: 'no service account' });
  return ldapSettings({ ...(declared.spec as unknown as LdapSpec), name: declared.name, bindPassword });
}
