import { randomUUID } from 'node:crypto';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import type { Tx } from '../../src/core/database/database.js';
import { Directories } from '../../src/core/directory/directories.js';
import type { Directory, DirectoryCapabilities } from '../../src/core/directory/directory.js';
import { escapeDnValue as escapeName } from '../../src/core/directory/distinguished-name.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import type { PortWorld } from '../core/directory/port/port-world.js';
import { activeDirectoryOf, openLdapOf, personOf } from './ldap-directories.js';
import { escapeDnValue, ldifAdd } from './ldif.js';
import { MemoryDirectory } from './memory-directory.js';
import { MEMORY_BASE } from './memory-people.js';
import type { Samba } from './samba.js';
import type { Services } from './services.js';
import type { Slapd } from './slapd.js';

/** A built-in domain as a world of the port's suite. */
export async function builtinWorld(services: Services, domain: Domain): Promise<PortWorld> {
  const directory = withCapabilities(await services.get(Directories).for(domain));
  return {
    directory,
    baseDn: `dc=${domain.name}`,
    add: async ({ displayName, ...person }) => {
      await services.factory.person(domain, {
        password: 'Any-password-1',
        mail: null,
        mobile: null,
        displayName: displayName ?? person.login,
        ...person,
      });
      return personOf(directory, person.login);
    },
    addGroup: async (name, people) => {
      const group = await directory.groups.keeping?.ensure(name);
      for (const person of people) {
        const keys = (await directory.groups.of(person)).map(({ key }) => key);
        await directory.groups.keeping?.assign(person, [...keys, group?.key ?? '']);
      }
    },
    transaction: (work) => services.database.transaction(work),
    drop: async ({ key }) => void (await services.database.query('DELETE FROM builtin_people WHERE id = $1', [key])),
  };
}

/** The directory in memory, so that what services are tested on behaves as real ones do. */
export function memoryWorld(): PortWorld {
  const directory = new MemoryDirectory();
  const nothing = { firstName: undefined, mail: undefined, mobile: undefined, password: 'Any-password-1' };
  return {
    directory,
    baseDn: MEMORY_BASE,
    add: async ({ login, ...person }) => {
      directory.add({ ...nothing, login, displayName: login, lastName: login, ...person });
      return personOf(directory, login);
    },
    addGroup: async (name, people) => {
      const key = randomUUID();
      const dn = `cn=${escapeName(name)},ou=groups,${MEMORY_BASE}`;
      const members = new Set(people.map((person) => person.key));
      directory.heldGroups.set(key, { key, dn, name, description: undefined, members });
    },
    transaction: withoutDatabase,
    drop: async ({ key }) => void directory.people.delete(key),
  };
}

/** A private OpenLDAP, started with `keepsPeople`, as a world of the port's suite. */
export function openLdapWorld(slapd: Slapd): PortWorld {
  const directory = openLdapOf(slapd, { attributes: { displayName: 'displayName' } });
  return {
    directory,
    baseDn: slapd.baseDn,
    add: async ({ login, displayName = login, firstName, lastName, mail, mobile, password = 'Any-password-1' }) => {
      const attributes = given({ displayName, givenName: firstName, mail, mobile });
      await slapd.addPerson({ uid: login, cn: displayName, sn: lastName ?? login, password, attributes });
      return personOf(directory, login);
    },
    addGroup: async (name, people) => {
      const dn = `cn=${escapeDnValue(name)},ou=groups,dc=example,dc=test`;
      const member = people.map((person) => person.dn);
      await slapd.modify(ldifAdd(dn, { objectClass: 'groupOfNames', cn: name, member }));
    },
    transaction: withoutDatabase,
    drop: ({ dn }) => slapd.modify(`${ldifDn(dn)}\nchangetype: delete\n`),
  };
}

/** A private Active Directory as a world of the port's suite, by way of an account that may keep people. */
export function activeDirectoryWorld(samba: Samba): PortWorld {
  const directory = activeDirectoryOf(samba, {
    bindDn: samba.adminDn,
    bindPassword: plainSecret(samba.adminPassword),
    baseDn: samba.peopleDn,
  });
  let accounts = 0;
  return {
    directory,
    baseDn: samba.peopleDn,
    add: async ({ login, displayName = login, firstName, lastName, mail, mobile, password = 'Any-password-1' }) => {
      // Account names have fewer characters to choose from than common names.
      const account = /[^\w.-]/.test(login) ? `account${(accounts += 1)}` : login;
      const names = { sAMAccountName: account, userPrincipalName: `${account}@corp.example.test` };
      const attributes = given({ displayName, givenName: firstName, sn: lastName, mail, mobile });
      await samba.addUser({ login, password, attributes: { ...attributes, ...names } });
      return personOf(directory, login);
    },
    addGroup: async (name, people) => {
      const dn = `CN=${escapeDnValue(name)},CN=Users,${samba.baseDn}`;
      const sAMAccountName = name.replaceAll(/[^\w.-]/g, '');
      await samba.modify(ldifAdd(dn, { objectClass: 'group', sAMAccountName, member: people.map((one) => one.dn) }));
    },
    transaction: withoutDatabase,
    drop: ({ dn }) => samba.modify(`${ldifDn(dn)}\nchangetype: delete\n`),
  };
}

function withCapabilities(directory: Directory): Directory & Required<DirectoryCapabilities> {
  return directory as Directory & Required<DirectoryCapabilities>;
}

/** A directory outside our database writes nothing in it. */
async function withoutDatabase(work: (tx: Tx) => Promise<void>): Promise<void> {
  await work(undefined as unknown as Tx);
}

function given(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => !!entry[1]));
}

function ldifDn(dn: string): string {
  return `dn:: ${Buffer.from(dn).toString('base64')}`;
}
