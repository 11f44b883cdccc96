import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../crypto/password-hasher.js';
import { Configuration, type Declared } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import { Throttle } from '../throttle/throttle.js';
import { Clock } from '../time/clock.js';
import { BuiltinDirectory } from './builtin/builtin-directory.js';
import { BuiltinPersonRepository } from './builtin/builtin-person.repository.js';
import type { Directory, DirectoryKind } from './directory.js';

type Maker = (domain: Domain, declared: Declared | undefined) => Directory;

/** Makes the adapter that a domain's directory needs. */
@Injectable()
export class DirectoryFactory {
  private readonly makers: Readonly<Record<DirectoryKind, Maker>>;

  constructor(
    people: BuiltinPersonRepository,
    hasher: PasswordHasher,
    configuration: Configuration,
    throttle: Throttle,
    clock: Clock,
  ) {
    const builtin = { people, hasher, configuration, throttle, clock };
    this.makers = {
      builtin: (domain) => new BuiltinDirectory(domain, builtin),
      openldap: unavailable,
      'active-directory': unavailable,
    };
  }

  make(domain: Domain, declared: Declared | undefined): Directory {
    const kind = (declared?.spec['kind'] ?? 'builtin') as DirectoryKind;
    return this.makers[kind](domain, declared);
  }
}

function unavailable(): never {
  throw new DomainError('directory-misconfigured');
}
