import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../../support/describe-with.js';
import { DESK } from '../../support/help-desk.js';
import { ManagerClient, type RpcAnswer } from '../../support/manager-client.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { activeDirectory, DirectoryWorld, openLdap, type RemoteDomain } from './directory-world.js';

const PASSWORD = 'Keepers-password-1';
const NOTHING = ['', ' ', '\t', '\r\n', '\0', '\u00a0'];
const LET_IN = { error: { code: -32602, data: 'Parameter username missing' } };
const TURNED_AWAY = { error: { code: -32600, data: 'Invalid username or password' } };

describeWith(['openldap', 'active-directory'], 'administrators of different directories', () => {
  let slapd: Slapd;
  let samba: Samba;
  let world: DirectoryWorld;
  let domains: RemoteDomain[];
  /** Domain and DN of an administrator in each directory. */
  const keepers: Record<string, { readonly domain: string; dn: string; readonly password: string }> = {
    openldap: { domain: 'CORP', dn: '', password: PASSWORD },
    'active-directory': { domain: 'AD', dn: '', password: PASSWORD },
    builtin: { domain: DESK.domain, dn: `cn=${DESK.login},dc=${DESK.domain}`, password: DESK.password },
  };
  const kinds = Object.keys(keepers);

  beforeAll(async () => {
    [slapd, samba] = await Promise.all([startSlapd({ serviceAccess: 'write' }), startSamba()]);
    domains = [
      { name: 'CORP', directory: openLdap(slapd), administrators: [DESK.login] },
      {
        name: 'AD',
        directory: activeDirectory(samba, { bindPassword: '${AD_PASSWORD}' }),
        administrators: [DESK.login],
      },
    ];
    keepers['openldap'] = {
      domain: 'CORP',
      dn: await slapd.addPerson({ uid: DESK.login, password: PASSWORD }),
      password: PASSWORD,
    };
    keepers['active-directory'] = {
      domain: 'AD',
      dn: await samba.addUser({ login: DESK.login, password: PASSWORD }),
      password: PASSWORD,
    };
    await slapd.addPerson({ uid: 'powerless', password: PASSWORD });
    world = await DirectoryWorld.start(domains, {
      DIRECTORY_PASSWORD: slapd.bindPassword,
      AD_PASSWORD: samba.bindPassword,
    });
    // What is refused must not lock anybody here.
    await slapd.replace(slapd.policyDn, { pwdLockout: 'FALSE' });
  });
  beforeEach(() => world.forgetAttempts());
  afterAll(async () => {
    await world?.stop();
    await Promise.all([slapd?.stop(), samba?.stop()]);
  });

  /** What an administrator is told, in the mode of `name`: a login with its domain, or a DN. */
  const call = async (name: string, password: string): Promise<RpcAnswer> => {
    await world.forgetAttempts();
    await world.database.database.query('UPDATE builtin_people SET failed_logins = 0, locked_at = NULL');
    return new ManagerClient(world.app.url, name, password).call('PwReset.Send_Request', {});
  };

  describe.each(['UID', 'DN'])('manager_auth: %s', (mode) => {
    beforeAll(() => world.configure(domains, { manager_auth: mode }));

    const nameOf = (kind: string): string => {
      const { domain = '', dn = '' } = keepers[kind] ?? {};
      return mode === 'DN' ? dn : `${domain}\\${DESK.login}`;
    };

    it.each(kinds)('lets an administrator of %s in', async (kind) => {
      expect(await call(nameOf(kind), keepers[kind]?.password ?? '')).toMatchObject(LET_IN);
    });

    it.each(kinds)('attack 50: takes nothing at all for no password of %s', async (kind) => {
      for (const password of NOTHING) {
        expect([password, await call(nameOf(kind), password)]).toMatchObject([password, TURNED_AWAY]);
      }
    });

    it.each(kinds)('attack 52: takes no other password for right, of %s', async (kind) => {
      const { password = '' } = keepers[kind] ?? {};
      // The same login elsewhere has another password, and random ones are nobody's.
      const others = Object.values(keepers).flatMap((other) => (other.password === password ? [] : [other.password]));
      const wrong = [
        ...others,
        slapd.bindPassword,
        samba.bindPassword,
        samba.adminPassword,
        password.toUpperCase(),
        `${password} `,
        '*',
        ...Array.from({ length: 5 }, () => randomBytes(12).toString('base64')),
      ];
      for (const guess of wrong) expect([guess, await call(nameOf(kind), guess)]).toMatchObject([guess, TURNED_AWAY]);
    });

    it('attack 50: has no use for a person who is no administrator, nor for the service accounts', async () => {
      const names: [string, string][] =
        mode === 'DN'
          ? [
              [`uid=powerless,${slapd.baseDn}`, PASSWORD],
              [slapd.bindDn, slapd.bindPassword],
              [samba.bindDn, samba.bindPassword],
              ['', ''],
            ]
          : [
              ['CORP\\powerless', PASSWORD],
              ['CORP\\latchkey', slapd.bindPassword],
              ['AD\\latchkey', samba.bindPassword],
              ['CORP\\', ''],
            ];
      for (const [name, password] of names) {
        expect([name, await call(name, password)]).toMatchObject([name, TURNED_AWAY]);
      }
    });

    it('tells the administrators of a directory that is away so, and lets the others work', async () => {
      await slapd.halt();
      expect(await call(nameOf('openldap'), PASSWORD)).toMatchObject({ error: { code: -32000 } });
      expect(await call(nameOf('active-directory'), PASSWORD)).toMatchObject(LET_IN);
      expect(await call(nameOf('builtin'), DESK.password)).toMatchObject(LET_IN);
      await slapd.start();
      expect(await call(nameOf('openldap'), PASSWORD)).toMatchObject(LET_IN);
    });
  });
});
