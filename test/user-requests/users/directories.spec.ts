import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { ldifAdd } from '../../support/ldif.js';
import { realPart } from '../../support/real-parts.js';
import { startSamba } from '../../support/samba.js';
import { startSlapd } from '../../support/slapd.js';
import { TestClock } from '../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { activeDirectory, openLdap } from '../../pwreset/directories/directory-world.js';
import { type ApiReply, refusalOf, UsersWorld } from './users-world.js';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** A directory that runs, and how the configuration file names it. */
interface Running {
  readonly declaration: Readonly<Record<string, unknown>>;
  readonly password: string;
  /** Puts a group of these entries into the directory. */
  addGroup(name: string, members: readonly string[]): Promise<void>;
  /** Gives an entry a picture. */
  addPicture(dn: string, bytes: Buffer): Promise<void>;
  /** Adds somebody who may call. */
  addBoss(): Promise<void>;
  stop(): Promise<void>;
}

async function startOpenLdap(): Promise<Running> {
  const slapd = await startSlapd({ serviceAccess: 'write', keepsPeople: true });
  const declaration = openLdap(slapd, { attributes: { displayName: 'displayName' }, loginAttributes: ['uid'] });
  return {
    declaration,
    password: slapd.bindPassword,
    addGroup: (name, member) =>
      slapd.modify(
        ldifAdd(`cn=${name},ou=groups,dc=example,dc=test`, {
          objectClass: 'groupOfNames',
          cn: name,
          member: [...member],
        }),
      ),
    addPicture: (dn, bytes) => slapd.modify(picture(dn, 'jpegPhoto', bytes)),
    addBoss: async () => {
      await slapd.addPerson({ uid: 'boss', cn: 'Boss', sn: 'Boss', password: 'Any-password-1', attributes: {} });
    },
    stop: () => slapd.stop(),
  };
}

async function startActiveDirectory(): Promise<Running> {
  const samba = await startSamba();
  const account = { bindDn: samba.adminDn, baseDn: samba.peopleDn };
  return {
    declaration: activeDirectory(samba, account),
    password: samba.adminPassword,
    addGroup: (name, member) =>
      samba.modify(
        ldifAdd(`CN=${name},CN=Users,${samba.baseDn}`, {
          objectClass: 'group',
          sAMAccountName: name,
          member: [...member],
        }),
      ),
    addPicture: (dn, bytes) => samba.modify(picture(dn, 'thumbnailPhoto', bytes)),
    addBoss: async () => {
      await samba.addUser({ login: 'boss', password: 'Any-password-1', attributes: { sn: 'Boss' } });
    },
    stop: () => samba.stop(),
  };
}

function picture(dn: string, attribute: string, bytes: Buffer): string {
  return [
    `dn: ${dn}`,
    'changetype: modify',
    `replace: ${attribute}`,
    `${attribute}:: ${bytes.toString('base64')}`,
    '',
  ].join('\n');
}

const configurationOf = ({ declaration }: Running): string => `
publicUrl: http://127.0.0.1:\${PORT}
server: { settings: { allow_unsigned_over_http: true } }
directories: ${JSON.stringify([{ name: 'corp', ...declaration }])}
domains: [{ name: alpha, directory: corp }]
administrators: [{ domain: alpha, login: boss, role: domain-admin }]
consumers:
  - domain: alpha
    key: desk-alpha
    secret: secret-of-alpha
    tokens: [{ token: token-of-boss, secret: secret-of-boss, login: boss }]
`;

const KINDS = [
  ['OpenLDAP', 'openldap', startOpenLdap],
  ['Active Directory', 'active-directory', startActiveDirectory],
] as const;

describe.each(KINDS)('users in %s', (_title, part, start) => {
  describeWith(part, 'for help desks', () => {
    let running: Running;
    let database: TestDatabase;
    let world: UsersWorld;

    beforeAll(async () => {
      running = await start();
      await running.addBoss();
      database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
      world = await UsersWorld.start(database, {
        // Directories write their own time into what they keep.
        clock: new TestClock(new Date()),
        configuration: configurationOf(running),
        variables: { DIRECTORY_PASSWORD: running.password },
      });
    });
    afterAll(async () => {
      await world?.stop();
      await database?.stop();
      await running?.stop();
    });

    const make = async (username: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
      const made = await world.create({ username, email: `${username}@example.test`, lastName: username, ...more });
      expect([made.status, made.json]).toEqual([200, {}]);
      return made.text;
    };
    const show = async (username: string): Promise<Record<string, unknown>> =>
      (await world.call(`/api/users/username/${username}`)).json;
    const usernames = ({ json }: ApiReply): unknown[] =>
      (json['users'] as { username: string }[]).map(({ username }) => username);

    it('are made in it, with what it has no place for kept beside', async () => {
      const id = await make('mara', {
        info: 'hello',
        timeZone: 'Europe/Prague',
        roles: ['USER_MANAGER'],
        locale: 'fr',
      });
      expect(id).toBe(await world.id('mara'));
      expect(await show('mara')).toMatchObject({
        id,
        username: 'mara',
        firstName: 'New',
        surname: 'mara',
        email: 'mara@example.test',
        active: true,
        info: 'hello',
        timeZone: 'Europe/Prague',
        roles: [{ role: 'USER_MANAGER' }],
        groups: [],
      });
      await make('milo');
      expect(refusalOf(await world.create({ username: 'MILO' }))).toEqual([400, 'username: already exists']);
    });

    it('are changed in it, and keep their login', async () => {
      const id = await make('nils');
      const before = await show('nils');
      expect((await world.change(id, before)).status).toBe(200);
      expect(await show('nils')).toEqual(before);
      expect((await world.change(id, { email: 'n@example.test', firstName: 'Nils', info: 'x' })).status).toBe(200);
      expect(await show('nils')).toMatchObject({ email: 'n@example.test', name: 'Nils', info: 'x', surname: 'nils' });
      expect((await world.change(id, { username: 'other' })).status).toBe(400);
    });

    it('are listed, also by group, and show the groups that they are in', async () => {
      await make('olga');
      await make('petr');
      await running.addGroup('Sales', [(await world.person('olga')).person.dn]);
      const { json } = await world.call('/api/domains/alpha/userGroups');
      const groups = json['userGroups'] as { id: string; name: string }[];
      const sales = groups.find(({ name }) => name === 'Sales');
      expect(usernames(await world.call('/api/domains/alpha/users'))).toEqual(
        expect.arrayContaining(['boss', 'olga', 'petr']),
      );
      expect(usernames(await world.call(`/api/domains/alpha/users?userGroup_id=${sales?.id}`))).toEqual(['olga']);
      expect((await show('olga'))['groups']).toEqual([{ id: sales?.id, name: 'Sales' }]);
      const id = await world.id('olga');
      expect((await world.change(id, { groups: ['Sales'] })).status).toBe(200);
      expect(refusalOf(await world.change(id, { groups: [] }))).toEqual([
        403,
        'the directory of the domain cannot do this',
      ]);
    });

    it('are switched off here and on again', async () => {
      const id = await make('quin');
      const status = async (): Promise<string> => (await world.call(`/api/users/${id}/status`)).text;
      const set = async (word: string) =>
        (await world.call(`/api/users/${id}/status`, { form: { status: word } })).status;
      expect(await status()).toBe('ACTIVE');
      expect([await set('INACTIVE'), await status()]).toEqual([200, 'INACTIVE']);
      expect((await world.person('quin')).person.disabled).toBe(false);
      expect([await set('"ACTIVE"'), await status()]).toEqual([200, 'ACTIVE']);
      const { directory, person } = await world.person('quin');
      await directory.registry?.setDisabled(person, true);
      expect(await status()).toBe('INACTIVE');
      expect([await set('ACTIVE'), await status()]).toEqual([200, 'ACTIVE']);
    });

    it('have the picture of the directory', async () => {
      const id = await make('rosa');
      expect(refusalOf(await world.call(`/api/users/${id}/image`))).toEqual([404, 'image not found']);
      await running.addPicture((await world.person('rosa')).person.dn, JPEG);
      const sent = await world.call(`/api/users/${id}/image`);
      expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(Number(sent.headers.get('content-length'))).toBe(JPEG.length);
    });

    it('attack 49: are not found by filters', async () => {
      for (const name of ['*', 'bo*', 'boss)(objectClass=*', 'boss\\00', '\\62oss', 'cn=boss', '(|(uid=boss))']) {
        const answer = await world.call(`/api/users/username/${encodeURIComponent(name)}`);
        expect([name, ...refusalOf(answer)]).toEqual([name, 404, 'user not found']);
      }
      for (const group of ['*', ')(objectClass=*', 'Sales']) {
        const found = await world.call(`/api/domains/alpha/users?userGroup_id=${encodeURIComponent(group)}`);
        expect(usernames(found)).toEqual([]);
      }
    });

    it('attack 49: have names that no part of becomes structure', async () => {
      const odd = 'x,ou=evil+cn=y';
      const made = await world.create({ username: odd, lastName: odd });
      const shown = await world.call(`/api/users/username/${encodeURIComponent(odd)}`);
      expect(made.status === 200 ? shown.json['username'] : shown.status).toBe(made.status === 200 ? odd : 404);
    });
  });
});
