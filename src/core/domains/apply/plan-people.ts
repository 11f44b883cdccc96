import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Administrator } from '../../administrators/administrator.entity.js';
import type { UserDeclaration } from '../../config/file/sections/domains.js';
import { BuiltinPerson } from '../../directory/builtin/builtin-person.entity.js';
import { isWellKnown } from '../well-known-secrets.js';
import { ConfigurationError } from '../../config/configuration-error.js';
import { foldName } from '../fold-name.js';
import { type CurrentState, personKey } from './current-state.js';
import type { DesiredState } from './desired-state.js';
import { type PlanInput, type Step, turned } from './plan.js';

/** People of the built-in directory: made when absent, never overwritten and never deleted. */
export function planPeople(input: PlanInput): Step[] {
  return input.desired.domains.flatMap(({ name, nameKey, people }) => {
    const domainId = input.domainIds.get(nameKey) ?? '';
    return people
      .filter(({ login }) => !input.current.people.has(personKey(domainId, foldName(login))))
      .map((person): Step => ({
        action: 'create',
        subject: `person ${name}\\${person.login}`,
        details: person.password === undefined ? ['without a password'] : [],
        write: async (tx) => {
          const row = await asRow(input, domainId, person);
          // Somebody may register under this login at this moment; the first one stays.
          await tx.createQueryBuilder().insert().into(BuiltinPerson).values(row).orIgnore().execute();
        },
      }));
  });
}

/** People of the file whom the database does not know. */
export function absentPeople(desired: DesiredState, current: CurrentState): UserDeclaration[] {
  const ids = new Map(current.domains.map(({ nameKey, id }) => [nameKey, id]));
  return desired.domains.flatMap(({ nameKey, people }) =>
    people.filter(({ login }) => !current.people.has(personKey(ids.get(nameKey) ?? '', foldName(login)))),
  );
}

/** @throws ConfigurationError naming the people, never the passwords */
export function refuseWellKnownPasswords({ domains }: DesiredState): void {
  const problems = domains.flatMap(({ name, people }) =>
    people
      .filter(({ password }) => password !== undefined && isWellKnown(password))
      .map(({ login }) => ({
        where: `person ${name}\\${login}: password`,
        problem: 'is a secret that everybody knows',
      })),
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
}

async function asRow(
  { now, hashOf }: PlanInput,
  domainId: string,
  person: UserDeclaration,
): Promise<QueryDeepPartialEntity<BuiltinPerson>> {
  return {
    id: randomUUID(),
    domainId,
    login: person.login,
    loginKey: foldName(person.login),
    displayName: person.name,
    firstName: person.firstName ?? null,
    lastName: person.lastName ?? null,
    mail: person.email ?? null,
    mobile: person.mobile ?? null,
    language: person.language ?? null,
    passwordHash: await hashOf(person),
    passwordChangedAt: person.password === undefined ? null : now,
    mustChangePassword: person.mustChangePassword,
    createdAt: now,
  };
}

/** Roles. A changed role stays bound to the account that first used it. */
export function planAdministrators({ desired, current, domainIds, prune }: PlanInput): Step[] {
  const stored = new Map(current.administrators.map((row) => [personKey(row.domainId, row.loginKey), row]));
  const named = new Set<string>();
  const wanted = desired.administrators.flatMap(({ domain, login, role, certificates }): Step[] => {
    const domainId = domainIds.get(foldName(domain)) ?? '';
    const key = { domainId, loginKey: foldName(login) };
    named.add(personKey(domainId, key.loginKey));
    const old = stored.get(personKey(domainId, key.loginKey));
    const subject = `administrator ${domain}\\${login}`;
    const values = { login, role, certificates: [...certificates] };
    if (!old) {
      const write: Step['write'] = async (tx) => {
        await tx.insert(Administrator, { ...key, ...values });
      };
      return [{ action: 'create', subject, details: [role], write }];
    }
    const details: string[] = [];
    if (old.login !== login) details.push(`login ${turned(old.login, login)}`);
    if (old.role !== role) details.push(`role ${turned(old.role, role)}`);
    if (!isDeepStrictEqual(old.certificates, values.certificates)) details.push('certificates');
    if (details.length === 0) return [];
    const write: Step['write'] = async (tx) => {
      await tx.update(Administrator, key, values);
    };
    return [{ action: 'update', subject, details, write }];
  });
  const domainNames = new Map(current.domains.map(({ id, name }) => [id, name]));
  const keptDomains = new Set(domainIds.values());
  const others = current.administrators
    // Those of a domain that the file does not name share the domain's lot.
    .filter((row) => keptDomains.has(row.domainId) && !named.has(personKey(row.domainId, row.loginKey)))
    .map(({ domainId, loginKey, login }): Step => {
      const subject = `administrator ${domainNames.get(domainId) ?? ''}\\${login}`;
      if (!prune) return { action: 'keep', subject, details: [] };
      const write: Step['write'] = async (tx) => {
        await tx.delete(Administrator, { domainId, loginKey });
      };
      return { action: 'delete', subject, details: [], write };
    });
  return [...wanted, ...others];
}
