import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../../src/core/audit/audit-event.entity.js';
import { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { changes, type Plan } from '../../../src/core/domains/apply/plan.js';
import { printPlan } from '../../../src/core/domains/apply/print-plan.js';
import type { ApplyOptions } from '../../../src/core/domains/apply/apply-configuration.js';
import { DeclaredObject } from '../../../src/core/domains/declared-object.entity.js';
import { Domain } from '../../../src/core/domains/domain.entity.js';
import { ServerConfiguration } from '../../../src/core/domains/server-configuration.entity.js';
import { StoredSetting } from '../../../src/core/domains/stored-setting.entity.js';
import { Account } from '../../../src/core/directory/account.entity.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { applyHarness } from './apply-harness.js';

const FULL = resolve(import.meta.dirname, '../config/fixtures/latchkey.yaml');

const CANARIES = {
  SMS_TOKEN: 'canary-sms-token',
  LDAP_BIND_PASSWORD: 'canary-ldap-password',
  AD_BIND_PASSWORD: 'canary-ad-password',
  MARA_PASSWORD: 'canary-mara-password',
  DESK_SECRET: 'canary-desk-secret',
  VPN_AGENT_SECRET: 'canary-agent-secret',
};

const SETTINGS = [
  '+ setting manager_auth of server: UID',
  '+ setting manager_clients of server: []',
  '+ setting link_delivery_mode of server: MAIL',
  '+ setting link_expiration_hours of server: 24',
  '+ setting allowed_redirect_origins of server: []',
  '+ setting cors_origins of server: []',
  '+ setting custom_request_endpoints of server: []',
  '+ setting link_delivery_mode of domain RCDEVSDOCS: MAIL',
  '+ setting self_register_allowed of domain pbx.era-platform.ru: true',
  '+ setting self_register_template of domain pbx.era-platform.ru: {"opts":{"roles":["user"]}}',
  '+ setting pwd_policy of domain pbx.era-platform.ru: {"min_length":8,"classes":1,"not_login":true,"history":0}',
];

const SMALL = `
publicUrl: https://id.example.test
defaultDomain: One
server: { settings: { link_expiration_hours: 48 } }
directories:
  - { name: corp, kind: openldap, urls: ["ldaps://ldap.example.test"], bindDn: cn=a, bindPassword: "\${PW}", baseDn: dc=test }
domains:
  - name: One
    users: [{ login: mara, name: Mara K., password: correct horse 9 }]
  - { name: Two, directory: corp, settings: { link_delivery_mode: SMS } }
administrators:
  - { domain: One, login: mara, role: domain-admin }
applications:
  - { name: VPN, realm: staff, logonProcedure: { type: Web SSO } }
realms:
  - { name: staff, domains: [One, Two] }
`;

function only(plan: Plan): string[] {
  return changes(plan).map(({ action, subject }) => `${action} ${subject}`);
}

eachDatabase((database) => {
  const harness = (masterKeys?: readonly string[]) => applyHarness(database(), masterKeys);
  const apply = (text: string, options: ApplyOptions = {}, variables: Record<string, string> = { PW: 'bind one' }) =>
    harness().apply(text, options, variables);

  beforeEach(() => database().clear());

  it('makes an empty database match the whole example file, then finds nothing to change', async () => {
    const { applyFile, configuration } = harness();
    const plan = await applyFile(FULL, CANARIES);
    expect(printPlan(plan)).toEqual([
      '~ server: publicUrl (none) -> https://id.example.test; defaultDomain (none) -> RCDEVSDOCS',
      '+ mail profile relay',
      '+ mail account system',
      '+ sms gateway main',
      '+ directory corp',
      '+ directory ad',
      '+ consumer desk',
      '+ realm staff',
      '+ application Harbour VPN',
      '+ agent vpn-gateway',
      '+ product SafeID 30',
      '+ policy Harbour lockout',
      '+ domain RCDEVSDOCS: directory corp',
      '+ domain CORP: directory ad',
      '+ domain pbx.era-platform.ru: directory builtin',
      ...SETTINGS,
      '+ person pbx.era-platform.ru\\mara',
      '+ administrator RCDEVSDOCS\\administrator: global-admin',
      '+ administrator pbx.era-platform.ru\\mara: user-manager',
      '28 to create, 1 to change, 0 to delete',
    ]);

    const snapshot = await configuration.snapshot();
    expect(snapshot.publicUrl).toBe('https://id.example.test');
    expect(snapshot.domain('rcdevsdocs')).toMatchObject({ name: 'RCDEVSDOCS', directory: 'corp' });
    expect(snapshot.declared('directory').map(({ name }) => name)).toEqual(['corp', 'ad']);
    expect(snapshot.declared('directory')[0]?.secrets).toEqual({ bindPassword: 'canary-ldap-password' });
    expect(snapshot.declared('directory')[1]?.spec['caFile']).toBe(resolve(FULL, '../ad-ca.pem'));
    expect(snapshot.declared('sms-gateway')[0]?.secrets).toEqual({
      'headers.Authorization': 'Bearer canary-sms-token',
    });
    expect(snapshot.declared('consumer')[0]).toMatchObject({ name: 'desk', secrets: { secret: 'canary-desk-secret' } });
    expect(snapshot.declared('agent')[0]?.secrets).toEqual({ clientSecret: 'canary-agent-secret' });

    const again = await applyFile(FULL, CANARIES);
    expect(printPlan(again).at(-1)).toBe('nothing to change');
    expect((await configuration.snapshot()).revision).toBe(snapshot.revision);
  });

  it('keeps secrets out of the plan, the audit and every readable column', async () => {
    const { applyFile } = harness();
    const plan = await applyFile(FULL, CANARIES);
    const changed = await applyFile(FULL, { ...CANARIES, LDAP_BIND_PASSWORD: 'canary-two' });
    expect(printPlan(changed)).toContain('~ directory corp: bindPassword (secret)');
    const { manager } = database().dataSource;
    const stored = await Promise.all(
      [AuditEvent, DeclaredObject, BuiltinPerson, Domain, StoredSetting].map((entity) => manager.find<object>(entity)),
    );
    expect(JSON.stringify([printPlan(plan), printPlan(changed), stored])).not.toContain('canary');
  });

  it('prints and writes nothing in a dry run', async () => {
    const plan = await apply(SMALL, { dryRun: true });
    expect(only(plan)).toContain('create domain One');
    expect(await database().dataSource.manager.find(Domain)).toEqual([]);
    expect(await database().dataSource.manager.find(AuditEvent)).toEqual([]);
    expect(await database().dataSource.manager.find(ServerConfiguration)).toMatchObject([{ revision: '0' }]);
  });

  it('changes what differs and nothing else, in a way every process notices', async () => {
    const { configuration, apply } = harness();
    await apply(SMALL);
    const before = (await configuration.snapshot()).revision;
    const plan = await apply(
      SMALL.replace('hours: 48', 'hours: 72').replace('dc=test', 'dc=test2').replace('domain-admin', 'global-admin'),
    );
    expect(printPlan(plan)).toEqual([
      '~ directory corp: baseDn',
      '~ setting link_expiration_hours of server: 48 -> 72',
      '~ administrator One\\mara: role domain-admin -> global-admin',
      '0 to create, 3 to change, 0 to delete',
    ]);
    expect((await configuration.snapshot()).revision).toBe(String(Number(before) + 1));
  });

  it('gives an application without an id one that stays', async () => {
    await apply(SMALL);
    const id = async () =>
      (await database().dataSource.manager.findOneByOrFail(DeclaredObject, { kind: 'application' })).spec['id'];
    const first = await id();
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    await apply(SMALL.replace('type: Web SSO', 'type: Web SSO, steps: [{ name: a, authenticators: [OTP] }]'));
    expect(await id()).toBe(first);
  });

  it('notices a reordered list, and keeps what the file does not name behind what it names', async () => {
    const gateways = (...names: string[]) =>
      `publicUrl: https://a.test\nsms:\n  gateways:\n${names.map((name) => `    - { name: ${name}, kind: http, url: "http://${name}.test" }\n`).join('')}`;
    await apply(gateways('a', 'b'));
    expect(printPlan(await apply(gateways('b', 'a')))).toEqual([
      '~ sms gateway b: order',
      '~ sms gateway a: order',
      '0 to create, 2 to change, 0 to delete',
    ]);
    await apply(gateways('c'));
    const order = await database().dataSource.manager.find(DeclaredObject, { order: { position: 'ASC', name: 'ASC' } });
    expect(order.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(printPlan(await apply(gateways('c'))).at(-1)).toBe('nothing to change');
  });

  it('creates people when absent and never overwrites them', async () => {
    await apply(SMALL);
    const { manager } = database().dataSource;
    const mara = await manager.findOneByOrFail(BuiltinPerson, { loginKey: 'mara' });
    expect(mara.displayName).toBe('Mara K.');
    expect(mara.passwordHash).toMatch(/^\$argon2id\$/);
    const plan = await apply(
      SMALL.replace('Mara K.', 'Somebody').replace('horse 9', 'horse 10').replace('mara,', 'MARA,'),
    );
    expect(only(plan)).toEqual([]);
    expect(await manager.find(BuiltinPerson)).toEqual([mara]);
  });

  describe('what the file does not name', () => {
    const LESS = `
publicUrl: https://id.example.test
defaultDomain: One
domains: [{ name: One }]
`;

    it('is kept and listed without --prune', async () => {
      await apply(SMALL);
      const plan = await apply(LESS);
      expect(only(plan)).toEqual([]);
      expect(printPlan(plan)).toEqual([
        '  directory corp: not in the file; kept (use --prune)',
        '  realm staff: not in the file; kept (use --prune)',
        '  application VPN: not in the file; kept (use --prune)',
        '  domain Two: not in the file; kept (use --prune)',
        '  setting link_expiration_hours of server: not in the file; kept (use --prune)',
        '  administrator One\\mara: not in the file; kept (use --prune)',
        'nothing to change',
      ]);
    });

    it('is deleted with --prune, people excepted', async () => {
      await apply(SMALL);
      const plan = await apply(LESS, { prune: true });
      expect(only(plan)).toEqual([
        'delete directory corp',
        'delete realm staff',
        'delete application VPN',
        'delete domain Two',
        'delete setting link_expiration_hours of server',
        'delete administrator One\\mara',
      ]);
      const { manager } = database().dataSource;
      expect(await manager.find(StoredSetting)).toEqual([]);
      expect((await manager.find(BuiltinPerson)).map(({ login }) => login)).toEqual(['mara']);
      expect(printPlan(await apply(LESS, { prune: true })).at(-1)).toBe('nothing to change');
    });

    it('stays, with the whole rest, when people still hang on a domain', async () => {
      await apply(SMALL);
      const { manager } = database().dataSource;
      const two = await manager.findOneByOrFail(Domain, { name: 'Two' });
      await manager.insert(Account, {
        id: two.id,
        domainId: two.id,
        directoryKey: 'k',
        login: 'x',
        createdAt: new Date(),
      });
      await expect(apply(LESS.replace('id.example', 'new.example'), { prune: true })).rejects.toThrow(
        'domain Two: is not deleted, it still has 1 account; keep it in the file with blocked: true, and it counts as absent',
      );
      expect(await manager.findOneByOrFail(ServerConfiguration, { id: 1 })).toMatchObject({
        publicUrl: 'https://id.example.test',
      });
    });
  });

  it('blocks a domain, which then counts as absent', async () => {
    const { apply, configuration } = harness();
    await apply(SMALL);
    const plan = await apply(SMALL.replace('name: Two,', 'name: Two, blocked: true,'));
    expect(printPlan(plan)).toContain('~ domain Two: blocked false -> true');
    expect((await configuration.snapshot()).domain('Two')).toBeUndefined();
  });

  it('records each change once in the audit', async () => {
    await apply(SMALL);
    await apply(SMALL);
    const events = await database().dataSource.manager.find(AuditEvent, { order: { id: 'ASC' } });
    expect(events.map(({ event, target }) => `${event} ${target}`)).toEqual([
      'configuration.updated server',
      'configuration.created directory corp',
      'configuration.created realm staff',
      'configuration.created application VPN',
      'configuration.created domain One',
      'configuration.created domain Two',
      'configuration.created setting link_expiration_hours of server',
      'configuration.created setting link_delivery_mode of domain Two',
      'configuration.created person One\\mara',
      'configuration.created administrator One\\mara',
    ]);
  });

  it('seals again what no key of the ring opens any more', async () => {
    await harness(['k1']).apply(SMALL, {}, { PW: 'bind one' });
    const plan = await harness(['k2']).apply(SMALL, {}, { PW: 'bind one' });
    expect(printPlan(plan)).toContain('~ directory corp: bindPassword (secret)');
  });

  it('seals anew under the key that was put in front, once', async () => {
    await harness(['k1']).apply(SMALL);
    const rotated = harness(['k2', 'k1']);
    expect(printPlan(await rotated.apply(SMALL))).toContain('~ directory corp: bindPassword (sealed anew)');
    expect(printPlan(await rotated.apply(SMALL)).at(-1)).toBe('nothing to change');
    expect(printPlan(await harness(['k2']).apply(SMALL)).at(-1)).toBe('nothing to change');
  });
});

describeOnPostgres('two files applied at the same moment', (database: () => TestDatabase) => {
  it('attack 68: leave one of them whole, never a mixture', async () => {
    const variant = (name: string) => `
publicUrl: https://${name}.test
server: { settings: { link_expiration_hours: ${name === 'a' ? 10 : 20} } }
domains: [{ name: D, settings: { link_delivery_mode: ${name === 'a' ? 'MAIL' : 'SMS'} }, users: [{ login: x, name: X, password: correct horse }] }]
mail: { profiles: [{ name: p, url: "smtp://u:${name}@${name}.test" }] }
`;
    for (let round = 0; round < 5; round++) {
      await database().clear();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) => applyHarness(database()).apply(variant(i % 2 ? 'a' : 'b'))),
      );
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
      const { configuration } = applyHarness(database());
      const snapshot = await configuration.snapshot();
      const winner = snapshot.publicUrl === 'https://a.test' ? 'a' : 'b';
      expect(printPlan(await applyHarness(database()).apply(variant(winner))).at(-1)).toBe('nothing to change');
      expect(await database().dataSource.manager.count(BuiltinPerson)).toBe(1);
      expect(await database().dataSource.manager.count(Domain)).toBe(1);
    }
  });
});
