import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuthPeople } from '../../../src/auth/people/auth-people.js';
import { Policies } from '../../../src/auth/policies/policies.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { describeWith } from '../../support/describe-with.js';
import { ldifAdd } from '../../support/ldif.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { AGENT_SECRET, AuthWorld } from '../auth-world.js';

/** A realm of a domain in OpenLDAP and one of our own. */
function file({ url, caFile, bindDn, bindPassword, baseDn }: Slapd): string {
  const policy = (name: string, holder: object) => ({ name, category: 'logon', holder, options: {} });
  return JSON.stringify({
    publicUrl: 'http://localhost:${PORT}',
    directories: [
      {
        name: 'corp',
        kind: 'openldap',
        urls: [url],
        startTls: true,
        caFile,
        bindDn,
        bindPassword,
        baseDn,
        loginAttributes: ['uid', 'cn'],
      },
    ],
    domains: [
      { name: 'CORP', directory: 'corp' },
      {
        name: 'HOME',
        users: [
          { login: 'john', name: 'John' },
          { login: 'hannah', name: 'Hannah' },
        ],
      },
    ],
    realms: [{ name: 'all', domains: ['CORP', 'HOME'] }],
    applications: [{ name: 'app', realm: 'all', logonProcedure: { type: 'Web SSO', steps: [] } }],
    agents: [{ name: 'vpn', applications: ['app'], clientId: 'vpn', clientSecret: AGENT_SECRET }],
    policies: [
      policy('of the unit', { domain: 'CORP', unit: baseDn.toUpperCase() }),
      policy('of the group', { domain: 'CORP', group: 'operators' }),
    ],
  });
}

describeWith('openldap', 'people in OpenLDAP', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  let world: AuthWorld;

  beforeAll(async () => {
    slapd = await startSlapd({ keepsPeople: true });
    const jane = await slapd.addPerson({ uid: 'jane', cn: 'Jane Doe' });
    await slapd.addPerson({ uid: 'john', cn: 'John Roe' });
    await slapd.modify(
      ldifAdd('cn=operators,ou=groups,dc=example,dc=test', {
        objectClass: 'groupOfNames',
        cn: 'operators',
        member: [jane],
      }),
    );
    database = await createTestDatabase('embedded');
    world = await AuthWorld.start(database, { file: file(slapd) });
  });
  afterAll(async () => {
    await world.stop();
    await database.stop();
    await slapd.stop();
  });

  const caller = async () => ({
    snapshot: await world.get(Configuration).snapshot(),
    agent: { applications: ['app'] },
  });
  const find = async (loginName: string, domainName?: string) =>
    world.get(AuthPeople).find(await caller(), { loginName, ...(domainName && { domainName }) });

  it.each(['jane', 'JANE', 'ｊａｎｅ', 'Jane Doe', 'jane  doe', 'CORP\\jane', 'jane@corp'])(
    '%s is jane',
    async (login) => {
      expect((await find(login)).person.dn).toBe('uid=jane,ou=people,dc=example,dc=test');
    },
  );

  it('are one account under every login of theirs', async () => {
    const { account } = await find('jane');
    expect((await find('Jane Doe', 'CORP')).account.id).toBe(account.id);
    const named = { id: account.id, loginName: 'JANE doe' };
    expect((await world.get(AuthPeople).find(await caller(), named)).account.id).toBe(account.id);
  });

  it.each(['j*', '*', 'jane)(uid=*', 'jan', 'jane\\2a'])('attack 49: %s is nobody', async (login) => {
    await expect(find(login, 'CORP')).rejects.toMatchObject({ code: 200 });
  });

  it('are ambiguous with people of our own', async () => {
    await expect(find('john')).rejects.toMatchObject({ code: 'account-ambiguous' });
    expect((await find('john', 'HOME')).domain.name).toBe('HOME');
  });

  it('have the policies of their units and groups', async () => {
    const { snapshot } = await caller();
    const nameFor = async (login: string) =>
      (await world.get(Policies).inForce(snapshot, 'logon', { found: await find(login, 'CORP') }))?.name;
    expect(await nameFor('jane')).toBe('of the group');
    expect(await nameFor('john')).toBe('of the unit');
  });

  it('that cannot be asked for keep a login without a domain from being somebody else’s', async () => {
    await slapd.stop();
    const ask = (user: object) => world.call('listTokens', { user });
    expect(await ask({ loginName: 'hannah' })).toMatchObject({ error: 2, message: 'Service unavailable' });
    expect(await ask({ loginName: 'hannah', 'domain.name': 'HOME' })).toMatchObject({ error: 0 });
    expect(await ask({ loginName: 'HOME\\hannah' })).toMatchObject({ error: 0 });
  });
});
