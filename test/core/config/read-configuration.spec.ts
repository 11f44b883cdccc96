import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import '../../../src/core/administrators/manager-settings.js';
import '../../../src/core/directory/password-policy.js';
import '../../../src/core/requests/request-settings.js';
import '../../../src/iam/recovery/recovery-settings.js';
import '../../../src/iam/registration/registration-settings.js';
import '../../../src/sessions/web/session-cookie-setting.js';
import '../../../src/user-requests/creation/creation-settings.js';
import '../../../src/user-requests/creation/request-settings.js';
import '../../../src/user-requests/processing/processing-settings.js';
import '../../../src/user-requests/redirect-origins.js';
import { ConfigurationError } from '../../../src/core/config/configuration-error.js';
import { readConfiguration, readConfigurationFile } from '../../../src/core/config/file/read-configuration-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const FULL = resolve(import.meta.dirname, 'fixtures/latchkey.yaml');
const SHARED = resolve(import.meta.dirname, '../../../../shared/examples/latchkey.yaml');

const VARIABLES = {
  SMS_TOKEN: 'canary-1',
  LDAP_BIND_PASSWORD: 'canary-2',
  AD_BIND_PASSWORD: 'canary-3',
  MARA_PASSWORD: 'canary-4',
  DESK_SECRET: 'canary-5',
  VPN_AGENT_SECRET: 'canary-6',
};

/** What reading says, one problem a line; throws when it says nothing. */
function refusal(text: string, variables: Record<string, string> = {}): string[] {
  try {
    readConfiguration(text, 'l.yaml', variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the file was accepted');
}

const LDAP = 'name: a, kind: openldap, urls: ["ldaps://l.test"], bindDn: a, bindPassword: b, baseDn: c';

const MINIMUM = 'publicUrl: https://id.example.test\n';

/** The file as it reads with these lines below the first one. */
const refusalOf = (lines: string) => refusal(MINIMUM + lines.replace(/^\n/, ''));

describe('a configuration file', () => {
  it('is read in its whole shape', async () => {
    const { file, folder } = await readConfigurationFile(FULL, VARIABLES);
    expect(folder).toBe(resolve(FULL, '..'));
    expect(file.directories.map(({ kind }) => kind)).toEqual(['openldap', 'active-directory']);
    expect(file.sms.gateways[0]?.headers).toEqual({ Authorization: 'Bearer canary-1' });
    expect(file.domains[2]?.users[0]).toMatchObject({ login: 'mara', mobile: '+35226000003', password: 'canary-4' });
    expect(file.applications[0]?.logonProcedure?.steps[1]?.authenticators).toEqual([
      'OTP',
      'OTPoD',
      'GRID',
      'OOBA',
      'FIDO',
    ]);
    expect(file.policies[0]?.options).toEqual({ maxFailures: '5', lockMinutes: '30' });
  });

  it.runIf(existsSync(SHARED))('is what the published example shows', async () => {
    const [ours, published] = await Promise.all([FULL, SHARED].map((path) => readConfigurationFile(path, VARIABLES)));
    expect(ours?.file).toEqual(published?.file);
  });

  it('is frozen all the way down', async () => {
    const { file } = await readConfigurationFile(FULL, VARIABLES);
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(file)).toBe(true);
  });

  it('needs nothing but a public URL', () => {
    expect(readConfiguration(MINIMUM, 'l.yaml', {})).toMatchObject({
      publicUrl: 'https://id.example.test',
      domains: [],
      mail: { profiles: [], accounts: [] },
      server: { settings: {} },
    });
  });

  it('takes a key with nothing behind it as absent', () => {
    expect(readConfiguration(`${MINIMUM}domains:\nsms: null\n`, 'l.yaml', {})).toMatchObject({
      domains: [],
      sms: { gateways: [] },
    });
  });

  it('takes numbers and truth values from the environment where such are wanted', () => {
    const text = `${MINIMUM}server: { settings: { link_expiration_hours: "\${HOURS}" } }\nmail: { profiles: [{ name: a, url: "smtp://a.test", requireTls: "\${TLS}" }] }`;
    const file = readConfiguration(text, 'l.yaml', { HOURS: '48', TLS: 'true' });
    expect(file.server.settings).toEqual({ link_expiration_hours: 48 });
    expect(file.mail.profiles[0]?.requireTls).toBe(true);
  });

  it('keeps a password of digits from the environment a text', () => {
    const text = `${MINIMUM}domains: [{ name: a, users: [{ login: a, name: A, password: "\${PW}" }] }]`;
    expect(readConfiguration(text, 'l.yaml', { PW: '0123456789' }).domains[0]?.users[0]?.password).toBe('0123456789');
  });
});

describe('a refusal names file, line and key', () => {
  it.each<[string, string, string[]]>([
    [
      'a missing key',
      'domains:\n  - directory: builtin',
      ['l.yaml:3: domains[0].name: is missing; must be text of 1 to 200 characters without a backslash'],
    ],
    ['an unknown key', 'server:\n  setings: {}', ['l.yaml:3: server.setings: unknown key; did you mean settings?']],
    ['an unknown key at the top', 'domain: []', ['l.yaml:2: domain: unknown key; did you mean domains?']],
    ['an unknown key like none', 'sms:\n  florp: 1', ['l.yaml:3: sms.florp: unknown key; known are gateways']],
    ['a wrong type', 'domains: RCDEVSDOCS', ['l.yaml:2: domains: must be a list']],
    ['an object where a list belongs', 'domains:\n  name: a', ['l.yaml:2: domains: must be a list']],
    [
      'a list where an object belongs',
      'server: [1]',
      ['l.yaml:2: server: must be an object: keys and values, indented below'],
    ],
    [
      'a number where text belongs',
      'domains:\n  - name: 5',
      ['l.yaml:3: domains[0].name: must be text of 1 to 200 characters without a backslash; put it in quotes'],
    ],
    [
      'an unquoted telephone number',
      'domains: [{ name: a, users: [{ login: a, name: A, mobile: +35226000001 }] }]',
      ['l.yaml:2: domains[0].users[0].mobile: must be a telephone number such as "+35226000001", in quotes'],
    ],
    [
      'a word that is none of the list',
      'administrators:\n  - { domain: a, login: a, role: global-admn }',
      [
        'l.yaml:3: administrators[0].role: must be one of global-admin, domain-admin, user-manager; did you mean global-admin?',
      ],
    ],
    [
      'a word in another case',
      'applications: [{ name: a, realm: r, logonProcedure: { type: Web SSO, steps: [{ name: s, authenticators: [otp] }] } }]',
      [
        'l.yaml:2: applications[0].logonProcedure.steps[0].authenticators[0]: must be one of SPASS, OTP, OTPoD, OOBA, GRID, GRIDGO, FIDO, EMCODE, QNA, PIN; did you mean OTP?',
      ],
    ],
    [
      'a URL of the wrong kind',
      'mail:\n  profiles:\n    - name: a\n      url: http://a.test',
      ['l.yaml:5: mail.profiles[0].url: must be a URL starting with smtp:// or smtps://'],
    ],
    [
      'an unknown setting',
      'server:\n  settings:\n    link_expiration: 4',
      ['l.yaml:4: server.settings.link_expiration: unknown key; did you mean link_expiration_hours?'],
    ],
    [
      'a mistyped setting',
      'server:\n  settings:\n    link_expiration_hour: 4',
      ['l.yaml:4: server.settings.link_expiration_hour: unknown key; did you mean link_expiration_hours?'],
    ],
    [
      'a setting out of its bounds',
      'server:\n  settings:\n    link_expiration_hours: 721',
      ['l.yaml:4: server.settings.link_expiration_hours: must be a whole number from 1 to 720'],
    ],
    [
      'a setting of the server in a domain',
      'domains:\n  - name: a\n    settings: { manager_auth: DN }',
      ['l.yaml:4: domains[0].settings.manager_auth: holds for the whole server; write it below server.settings'],
    ],
    [
      'a header that is no token',
      'sms:\n  gateways:\n    - { name: a, kind: http, url: "http://a.test", headers: { "X Y": b } }',
      ['l.yaml:4: sms.gateways[0].headers.(key not shown): the key must be HTTP header names'],
    ],
    [
      'an unknown kind of directory',
      'directories:\n  - { name: a, kind: ldap }',
      ['l.yaml:3: directories[0].kind: must be one of builtin, openldap, active-directory'],
    ],
    [
      'a template that does not name people by their login',
      `directories:\n  - { ${LDAP}, registration: { dn: "cn={mail},{baseDn}" } }`,
      [
        expect.stringMatching(
          /^l\.yaml:3: directories\[0\]\.registration\.dn: must be a distinguished name with/,
        ) as string,
      ],
    ],
    [
      'a word that templates do not know',
      `directories:\n  - { ${LDAP}, registration: { attributes: { employeeType: "{role}" } } }`,
      [
        expect.stringMatching(
          /^l\.yaml:3: directories\[0\]\.registration\.attributes\.employeeType: must be text/,
        ) as string,
      ],
    ],
    [
      'a template for something that is no attribute',
      `directories:\n  - { ${LDAP}, registration: { attributes: { "a b": x } } }`,
      [
        expect.stringMatching(
          /^l\.yaml:3: directories\[0\]\.registration\.attributes\.\(key not shown\): the key must be names/,
        ) as string,
      ],
    ],
    [
      'an unknown option of a policy',
      'policies: [{ name: a, category: lockout, options: { maxFailure: "5" } }]',
      ['l.yaml:2: policies[0].options.maxFailure: unknown key; did you mean maxFailures?'],
    ],
    [
      'an option that is no text',
      'policies: [{ name: a, category: lockout, options: { maxFailures: 5 } }]',
      ['l.yaml:2: policies[0].options.maxFailures: must be text, in quotes'],
    ],
    [
      'an option out of its bounds',
      'policies: [{ name: a, category: lockout, options: { maxFailures: "101" } }]',
      ['l.yaml:2: policies[0].options.maxFailures: must be a whole number from 0 to 100, in quotes'],
    ],
    [
      'a word of an option in another case',
      'policies: [{ name: a, category: logon, options: { mfa: required } }]',
      ['l.yaml:2: policies[0].options.mfa: must be one of NOT_REQUIRED, REQUIRED_WITH_TOKEN, REQUIRED'],
    ],
    [
      'an IP filter that is none',
      'policies: [{ name: a, category: logon, options: { ipFilter: "198.51.100.9-198.51.100.1" } }]',
      [expect.stringMatching(/^l\.yaml:2: policies\[0\]\.options\.ipFilter: must be addresses, ranges/) as string],
    ],
    [
      'windows that do not lie inside one another',
      'policies: [{ name: a, category: DN/MT, options: { autoSyncWindow: "9", checkSyncWindow: "8" } }]',
      ['l.yaml:2: policies[0].options.autoSyncWindow: must not exceed checkSyncWindow'],
    ],
    [
      'an option of a policy that nothing goes by',
      'policies: [{ name: a, category: GridGo, options: { keypad: "true" } }]',
      ['l.yaml:2: policies[0].options.keypad: is not supported by this version'],
    ],
    [
      'a policy with two holders',
      'domains: [{ name: d }]\npolicies: [{ name: a, category: logon, holder: { domain: d, user: u, unit: "ou=u" }, options: {} }]',
      ['l.yaml:3: policies[0].holder.unit: must not stand beside user; a policy has one holder'],
    ],
    [
      'a unit that is no distinguished name',
      'domains: [{ name: d }]\npolicies: [{ name: a, category: logon, holder: { domain: d, unit: sales }, options: {} }]',
      ['l.yaml:3: policies[0].holder.unit: must be a distinguished name (RFC 4514)'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(refusalOf(lines)).toEqual(expected);
  });

  it.each([
    ['with a path', 'https://id.example.test/app'],
    ['with credentials', 'https://a:b@id.example.test'],
    ['with a query', 'https://id.example.test?x'],
    ['of another scheme', 'ftp://id.example.test'],
    ['that is no URL', 'id.example.test'],
  ])('attack 3: a public URL %s', (_, publicUrl) => {
    expect(refusal(`publicUrl: ${publicUrl}`)).toEqual([
      'l.yaml:1: publicUrl: must be an origin such as https://id.example.test: scheme, host and port only',
    ]);
  });

  it('a missing variable, by name and once', () => {
    const text = `${MINIMUM}sms:\n  gateways:\n    - name: a\n      kind: http\n      url: http://a.test\n      headers: { A: "\${NOPE}" }`;
    expect(refusal(text)).toEqual(['l.yaml:7: sms.gateways[0].headers.A: the environment variable NOPE is not set']);
  });

  it('everything at once, in the order of the lines', () => {
    const lines = refusalOf('domains: 5\nserver: { settings: { x_y: 1 } }\nagents: {}\nnonsense: 1');
    expect(lines.map((line) => line.split(': ')[0])).toEqual(['l.yaml:2', 'l.yaml:3', 'l.yaml:4', 'l.yaml:5']);
  });
});

describe('references between parts', () => {
  it.each<[string, string, string]>([
    ['a default domain', 'defaultDomain: a', 'l.yaml:2: defaultDomain: no domain'],
    [
      'the directory of a domain',
      'domains: [{ name: a, directory: corp }]',
      'l.yaml:2: domains[0].directory: no directory',
    ],
    [
      'the profile of an account',
      'mail: { accounts: [{ name: a, profile: p, address: a@b.test }] }',
      'l.yaml:2: mail.accounts[0].profile: no mail profile',
    ],
    [
      'the domain of an administrator',
      'administrators: [{ domain: a, login: b, role: domain-admin }]',
      'l.yaml:2: administrators[0].domain: no domain',
    ],
    [
      'the domain of a consumer',
      'consumers: [{ domain: a, key: b, secret: c }]',
      'l.yaml:2: consumers[0].domain: no domain',
    ],
    ['the domains of a realm', 'realms: [{ name: r, domains: [a] }]', 'l.yaml:2: realms[0].domains[0]: no domain'],
    [
      'the realm of an application',
      'applications: [{ name: a, realm: r, logonProcedure: { type: Web SSO } }]',
      'l.yaml:2: applications[0].realm: no realm',
    ],
    [
      'the applications of an agent',
      'agents: [{ name: a, applications: [b], clientId: c, clientSecret: d }]',
      'l.yaml:2: agents[0].applications[0]: no application',
    ],
    [
      'the applications of a policy',
      'policies: [{ name: a, category: lockout, applications: [b], options: {} }]',
      'l.yaml:2: policies[0].applications[0]: no application',
    ],
    [
      'the holder of a policy',
      'policies: [{ name: a, category: lockout, holder: { domain: d }, options: {} }]',
      'l.yaml:2: policies[0].holder.domain: no domain',
    ],
  ])('%s must be declared', (_, lines, expected) => {
    expect(refusalOf(lines)).toEqual([`${expected} with this name is declared`]);
  });

  it('are found whatever the case of a name', () => {
    const text = `${MINIMUM}defaultDomain: ONE\ndomains: [{ name: One }]\nrealms: [{ name: R, domains: [one] }]`;
    expect(readConfiguration(text, 'l.yaml', {}).defaultDomain).toBe('ONE');
  });

  it.each<[string, string, string]>([
    ['domains, whatever the case', 'domains: [{ name: One }, { name: ONE }]', 'domains[1].name'],
    [
      'people of a domain',
      'domains: [{ name: a, users: [{ login: x, name: X }, { login: " X".trim, name: Y }] }]'.replace('" X".trim', 'X'),
      'domains[0].users[1].login',
    ],
    [
      'administrators',
      'domains: [{ name: a }]\nadministrators: [{ domain: a, login: x, role: domain-admin }, { domain: A, login: X, role: global-admin }]',
      'administrators[1].login',
    ],
    ['directories', 'directories: [{ name: a, kind: builtin }, { name: a, kind: builtin }]', 'directories[1].name'],
    [
      'application ids',
      'realms: [{ name: r, domains: [a] }]\ndomains: [{ name: a }]\napplications: [{ id: i, name: a, realm: r, logonProcedure: { type: Web SSO } }, { id: i, name: b, realm: r, logonProcedure: { type: Web SSO } }]',
      'applications[1].id',
    ],
    [
      'client identifiers',
      'agents: [{ name: a, applications: [], clientId: c, clientSecret: d }, { name: b, applications: [], clientId: c, clientSecret: d }]',
      'agents[1].clientId',
    ],
  ])('%s are unique', (_, lines, key) => {
    expect(refusalOf(lines)).toEqual([
      expect.stringMatching(`: ${key.replaceAll(/[[\]]/g, '\\$&')}: is the same as in entry 1 of this list`),
    ]);
  });

  it('refuses to leave the password rules to the built-in directory, which has none', () => {
    const text = (where: string) =>
      `${where}: must not be \`directory\` for the built-in directory, which has no rules of its own: any password would do. ` +
      'Leave it out for the default rules, or write an object of rules';
    const corp =
      'directories: [{ name: corp, kind: openldap, urls: ["ldaps://l.test"], bindDn: a, bindPassword: b, baseDn: c }, { name: own, kind: builtin }]';
    expect(
      refusalOf(`
${corp}
domains:
  - { name: a, directory: corp, settings: { pwd_policy: directory } }
  - name: b
    settings:
      pwd_policy: directory
  - { name: c, directory: own, settings: { pwd_policy: directory } }`),
    ).toEqual([text('l.yaml:7: domains[1].settings.pwd_policy'), text('l.yaml:8: domains[2].settings.pwd_policy')]);
    expect(
      refusalOf(`
${corp}
server: { settings: { pwd_policy: directory } }
domains:
  - { name: a, directory: corp }
  - { name: b, settings: { pwd_policy: { min_length: 8 } } }
  - { name: c }`),
    ).toEqual([`${text('l.yaml:3: server.settings.pwd_policy')}; domain 3 of the list has the built-in directory`]);
  });

  it('leaves the password rules to a directory outside', () => {
    const lines = `
server: { settings: { pwd_policy: directory } }
directories: [{ name: corp, kind: openldap, urls: ["ldaps://l.test"], bindDn: a, bindPassword: b, baseDn: c }]
domains: [{ name: a, directory: corp }, { name: b, settings: { pwd_policy: { min_length: 8 } } }]`;
    expect(() => readConfiguration(MINIMUM + lines.trimStart(), 'l.yaml', {})).not.toThrow();
  });

  it('refuses people of a domain whose directory is not ours', () => {
    const lines = `
directories: [{ name: corp, kind: openldap, urls: ["ldaps://l.test"], bindDn: a, bindPassword: b, baseDn: c }]
domains: [{ name: a, directory: corp, users: [{ login: x, name: X }] }]`;
    expect(refusalOf(lines)).toEqual([
      'l.yaml:3: domains[0].users: people can be written here for the built-in directory only',
    ]);
  });
});

describe('a directory', () => {
  const directory = (kind: string, rest: string) =>
    `directories:\n  - { name: d, kind: ${kind}, bindDn: a, bindPassword: b, baseDn: c, ${rest} }`;

  it.each<[string, string, string]>([
    [
      'clear text that nobody allowed',
      directory('openldap', 'urls: ["ldap://l.test"]'),
      'urls: ldap:// sends passwords in clear text; use ldaps://, startTls: true or allowInsecure: true',
    ],
    [
      'clear text to Active Directory, allowed or not',
      directory('active-directory', 'urls: ["ldap://l.test"], allowInsecure: true'),
      'urls: Active Directory sets passwords over TLS only; use ldaps:// or startTls: true',
    ],
    [
      'STARTTLS on top of ldaps',
      directory('openldap', 'urls: ["ldaps://l.test"], startTls: true'),
      'startTls: does not go with ldaps://, which is encrypted from the first byte',
    ],
    ['no address', directory('openldap', 'urls: []'), 'urls: must be a list of at least 1'],
    [
      'a filter without parentheses',
      directory('openldap', 'urls: ["ldaps://l.test"], userFilter: objectClass=person'),
      'userFilter: must be an LDAP filter in parentheses (RFC 4515)',
    ],
    [
      'an unknown attribute of people',
      directory('openldap', 'urls: ["ldaps://l.test"], attributes: { fax: fax }'),
      'attributes.fax: the key must be displayName, firstName, lastName, mail, mobile, language',
    ],
    [
      'keys of another kind',
      'directories:\n  - { name: d, kind: builtin, baseDn: c }',
      'baseDn: unknown key; known are name, kind',
    ],
  ])('attack 51: is refused for %s', (_, lines, expected) => {
    expect(refusalOf(lines)).toEqual([`l.yaml:3: directories[0].${expected}`]);
  });

  it('cannot take the name of our own tables', () => {
    const lines = directory('openldap', 'urls: ["ldaps://l.test"]').replace('name: d', 'name: builtin');
    expect(refusalOf(lines)).toEqual(['l.yaml:3: directories[0].name: the name builtin always means our own tables']);
  });
});

describe('attack 42: a refusal never shows a value', () => {
  const CANARY = 'c4n4ry-h7gQ';

  it.each([
    ['a value of the wrong type', `domains: [{ name: a, users: [{ login: a, name: A, password: [${CANARY}] }] }]`],
    ['a word of none of the lists', `administrators: [{ domain: a, login: a, role: ${CANARY} }]`],
    ['a URL with a password', `sms: { gateways: [{ name: a, kind: http, url: "http://u:${CANARY}@a.test" }] }`],
    ['a value glued to its key', `domains: [{ name: a, users: [{ login: a, name: A, password:${CANARY} }] }]`],
    ['a broken line', `mail:\n  profiles:\n   - url: "smtp://u:${CANARY}@a.test\n  x: 1`],
    ['a bad indentation', `mail:\n    profiles: []\n  accounts: ${CANARY}`],
    ['a second colon', `sms: token: ${CANARY}`],
    ['an unknown alias', `sms: *${CANARY}`],
    ['an unknown tag', `sms: !${CANARY} x`],
    ['a bad escape', `sms: "\\q${CANARY}"`],
    [
      'a broken reference',
      `sms: { gateways: [{ name: a, kind: http, url: "http://a.test", headers: { A: "\${${CANARY}" } }] }`,
    ],
    ['a name nobody declared', `defaultDomain: ${CANARY}`],
    ['a setting', `server: { settings: { manager_clients: ["${CANARY}"] } }`],
  ])('%s', (_, lines) => {
    const text = refusalOf(lines).join('\n');
    expect(text).not.toContain(CANARY);
    expect(text).toMatch(/^l\.yaml:\d+/);
  });

  it('whatever stands where', () => {
    const places = [
      (v: string) => `publicUrl: ${v}`,
      (v: string) => `publicUrl: https://a.test\n${v}: 1`,
      (v: string) => `publicUrl: https://a.test\ndomains: [{ name: a, ${v} }]`,
      (v: string) => `publicUrl: https://a.test\nserver:\n  settings:\n    pwd_policy: ${v}`,
      (v: string) => `publicUrl: https://a.test\ndomains:\n - name: a\n   users:\n    - ${v}`,
    ];
    const odd = tuple(constantFrom(...places), string({ maxLength: 5 }), string({ maxLength: 5 }));
    const shown: string[] = [];
    assert(
      property(odd, ([place, before, after]) => {
        try {
          readConfiguration(place(`${before}\u00a7secret\u00a7${after}`), 'l.yaml', {});
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          shown.push(error.message);
        }
      }),
      { numRuns: 500 },
    );
    expect(shown.length).toBeGreaterThan(300);
    expect(shown.join('\n')).not.toContain('secret\u00a7');
  });
});

describe('attack 63: a hostile file is refused', () => {
  it.each<[string, string, RegExp]>([
    ['that is empty', '', /the file is empty/],
    ['of comments only', '# nothing\n', /the file is empty/],
    ['that is no object', '- 1', /l\.yaml:1: must be an object/],
    ['of two documents', 'publicUrl: https://a.test\n---\npublicUrl: https://b.test\n', /only one document is read/],
    [
      'with a key twice',
      'publicUrl: https://a.test\npublicUrl: https://b.test\n',
      /l\.yaml:2: the key is written twice/,
    ],
    ['with an object as key', '? [a]\n: 1\n', /a key must be a plain word/],
    ['with NUL', 'publicUrl: "https://a.test\\0"', /cannot be stored/],
    ['with half a surrogate pair', 'publicUrl: "\\ud800"', /cannot be stored|not valid YAML/],
    ['with a merge key', 'publicUrl: https://a.test\nserver: &a { settings: {} }\nsms: { <<: *a }', /unknown key/],
    ['with tabs', 'server:\n\tsettings: {}\n', /tabs cannot indent/],
    ['that is too large', `publicUrl: ${'x'.repeat(1_048_577)}`, /larger than 1048576 bytes/],
    ['that nests too deeply', `publicUrl: ${'['.repeat(200)}${']'.repeat(200)}`, /too many or too deep/],
    ['that contains itself', 'server: &a { settings: *a }', /too many or too deep|names no anchor/],
  ])('%s', (_, text, expected) => {
    expect(refusal(text).join('\n')).toMatch(expected);
  });

  it('whose aliases multiply (billion laughs)', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]`);
    const text = ['l0: &l0 x', ...levels].join('\n');
    expect(refusal(text).join('\n')).toMatch(/too many or too deep values/);
  });

  it('keeps __proto__ and constructor what they are: unknown keys', () => {
    const lines = refusalOf('server: { settings: { __proto__: { x: 1 }, constructor: 1 } }\n__proto__: 1');
    expect(lines).toHaveLength(3);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('the file itself', () => {
  const folder = temporaryFolder('configuration');
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, (path: string) => void, RegExp]>([
    ['is missing', () => undefined, /missing\.yaml: cannot be read \(ENOENT\)$/],
    ['is a folder', (path) => mkdirSync(path), /cannot be read \(EISDIR\)$/],
    ['is not UTF-8', (path) => writeFileSync(path, Buffer.from([0x70, 0xff, 0xfe])), /is not UTF-8 text$/],
  ])('is refused when it %s', async (title, prepare, expected) => {
    const path = join(folder, `${title.replace('is ', '')}.yaml`);
    prepare(path);
    await expect(readConfigurationFile(path, {})).rejects.toThrow(expected);
  });
});
