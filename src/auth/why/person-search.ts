import { Injectable } from '@nestjs/common';
import { type FoundPerson, People } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { Application, Realm } from '../applications/application.js';
import { obstacle } from './obstacle.js';

/** Who is to log on, as somebody at a help desk knows them. */
export interface WantedPerson {
  readonly login: string;
  /** Name of the domain; every domain of the realm when absent. */
  readonly domain?: string | undefined;
}

/** Finds the person in the realm of an application, or says why there is nobody. */
@Injectable()
export class PersonSearch {
  constructor(private readonly people: People) {}

  /** @throws ObstacleFound */
  async find(snapshot: ConfigurationSnapshot, application: Application, wanted: WantedPerson): Promise<FoundPerson> {
    const realm = realmOf(application);
    const domains = wanted.domain === undefined ? realm.domains : [this.domain(snapshot, realm, wanted.domain)];
    const hits = (await Promise.all(domains.map((domain) => this.inDomain(domain, wanted.login)))).filter(
      (hit) => hit !== undefined,
    );
    const [first, second] = hits;
    if (!first) {
      const where = domains.map(({ name }) => name).join(', ');
      throw obstacle(
        'person-unknown',
        200,
        `Nobody has the login ${wanted.login} in ${where || 'the realm, which has no domain'}.`,
        'Check the spelling, and whether the person is in the part of the directory that the domain is bound to.',
      );
    }
    if (second) {
      const where = hits.map(({ domain }) => domain.name).join(', ');
      throw obstacle(
        'person-ambiguous',
        201,
        `Several people have the login ${wanted.login}: in ${where}.`,
        'Name the domain, here and in the calls of the application.',
      );
    }
    return first;
  }

  /** Whether a person who was found already is in the realm. @throws ObstacleFound */
  require(application: Application, { domain }: FoundPerson): void {
    requireWithin(realmOf(application), domain);
  }

  private domain(snapshot: ConfigurationSnapshot, realm: Realm, name: string): Domain {
    const domain = snapshot.domain(name);
    if (!domain) {
      throw obstacle(
        'domain-unknown',
        241,
        `There is no domain ${name}, or it is blocked.`,
        'Check the name among the domains of the configuration file, and apply it.',
      );
    }
    requireWithin(realm, domain);
    return domain;
  }

  private async inDomain(domain: Domain, login: string): Promise<FoundPerson | undefined> {
    try {
      return await this.people.byLogin(domain, login);
    } catch (error) {
      if (DomainError.is(error, 'account-not-found')) return undefined;
      if (DomainError.is(error, 'account-ambiguous')) {
        throw obstacle(
          'person-ambiguous',
          201,
          `Several entries of the directory of ${domain.name} have the login ${login}.`,
          'Make the login attribute unique in the directory.',
        );
      }
      if (DomainError.is(error, 'directory-unavailable', 'directory-misconfigured')) {
        throw obstacle(
          'directory-unavailable',
          2,
          `The directory of ${domain.name} does not answer, or refuses the service account.`,
          'Run latchkey doctor, which says what is wrong with it.',
        );
      }
      throw error;
    }
  }
}

function realmOf({ name, realm }: Application): Realm {
  if (realm) return realm;
  throw obstacle('no-realm', 240, `The application ${name} has no realm, so nobody may use it.`, 'Give it a realm.');
}

function requireWithin({ name, domains }: Realm, domain: Domain): void {
  if (domains.some(({ id }) => id === domain.id)) return;
  throw obstacle(
    'domain-outside-realm',
    242,
    `The domain ${domain.name} is not in the realm ${name} of the application.`,
    `Add ${domain.name} to the domains of the realm ${name}, if its people are to use the application.`,
  );
}
