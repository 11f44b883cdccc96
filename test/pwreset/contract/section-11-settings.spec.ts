import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/core/config/configuration-error.js';
import { findSetting } from '../../../src/core/settings/setting.js';
import { databaseOfSuite } from './database-of-suite.js';
import { World } from './world.js';

/** The table of section 11, as far as this job goes: our key, where it may stand, its default, values in and out of bounds. */
const SETTINGS: readonly (readonly [
  name: string,
  key: string,
  scope: 'server' | 'domain',
  fallback: unknown,
  good: readonly string[],
  bad: readonly string[],
])[] = [
  ['manager_auth', 'manager_auth', 'server', 'UID', ['DN', 'UID', 'PKI', 'pki'], ['LDAP', '""', '1', '[UID]']],
  [
    'manager_clients',
    'manager_clients',
    'server',
    [],
    ['[]', '[192.0.2.1]', '[192.0.2.0/24, "2001:db8::/32"]'],
    ['192.0.2.1', '[192.0.2]', '[192.0.2.0/33]', '[portal.example.test]', '[10/8]'],
  ],
  [
    'Link Delivery Mode',
    'link_delivery_mode',
    'domain',
    'MAIL',
    ['MAIL', 'SMS', 'MAILSMS', 'NONE', 'none'],
    ['FAX', '""', '[MAIL]', 'true'],
  ],
  [
    'Link Expiration',
    'link_expiration_hours',
    'domain',
    24,
    ['1', '24', '720'],
    ['0', '721', '-1', '1.5', '"24h"', 'true'],
  ],
  ['Require Second Factor', 'pwreset_require_second_factor', 'domain', false, ['true', 'false'], ['"yes"', '1', '[]']],
  [
    'Password Policy',
    'pwd_policy',
    'domain',
    expect.objectContaining({ min_length: 8, classes: 3 }),
    // `directory` is refused here, where domains live in the built-in directory; test/core/config has the rest.
    ['{ min_length: 4 }', '{ min_length: 128, classes: 4, blocked: [x] }'],
    [
      'none',
      'directory',
      '{ min_length: 3 }',
      '{ min_length: 129 }',
      '{ classes: 0 }',
      '{ classes: 5 }',
      '{ nonsense: 1 }',
      '{ min_length: 100, max_length: 64 }',
    ],
  ],
  [
    'Password Policy Text',
    'pwd_policy_text',
    'domain',
    '',
    ['"Ask Mara."', '""'],
    ['[x]', '5', `"${'x'.repeat(2_001)}"`],
  ],
  [
    'Frame Ancestors',
    'frame_ancestors',
    'server',
    [],
    ['[]', '[https://portal.example.test]', '["http://127.0.0.1:8080"]'],
    [
      '["*"]',
      '[https://portal.example.test/path]',
      '["https://*.example.test"]',
      '[portal.example.test]',
      '["javascript:x"]',
      '["https://a.test; script-src *"]',
      '["https://a.test;x"]',
    ],
  ],
  [
    'Mail Template',
    'mail_templates',
    'domain',
    {},
    ['{ password-reset-link: { en: { subject: S, text: "%LINK%" } } }'],
    ['text', '[]'],
  ],
  ['SMS Template', 'sms_templates', 'domain', {}, ['{ password-reset-link: { en: "%LINK%" } }'], ['text', '[]']],
  [
    'limit: sends per target user per hour',
    'link_sends_per_person_per_hour',
    'domain',
    5,
    ['1', '10000'],
    ['0', '10001', '"many"'],
  ],
  ['limit: idle minutes of the page session', 'page_session_idle_minutes', 'server', 15, ['1', '120'], ['0', '121']],
  ['retention of ended requests in days', 'request_retention_days', 'server', 90, ['1', '3650'], ['0', '3651']],
];

describe('section 11: settings', () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  describe.each(SETTINGS)('%s (%s)', (_name, key, scope, fallback, good, bad) => {
    it('is declared, documented, and has its default', () => {
      const setting = findSetting(key);
      expect(setting).toMatchObject({ scope, default: fallback });
      expect(setting?.meaning).toMatch(/Manager JSON-RPC, section|default|own language|shipped/);
    });

    /** Whether ACME may have a value of its own. */
    const inDomain = async (value: string): Promise<boolean> => {
      try {
        await world.configure({ domainSettings: `{ ${key}: ${value} }` });
        return true;
      } catch (error) {
        if (error instanceof ConfigurationError) return false;
        throw error;
      }
    };

    it(`takes what is in bounds, for the server${scope === 'domain' ? ' and for a domain' : ' and not for a domain'}`, async () => {
      for (const value of good) {
        await world.configure({ settings: `{ ${key}: ${value} }` });
        expect(await inDomain(value)).toBe(scope === 'domain');
      }
    });

    it('refuses what is out of bounds, naming the key, and keeps the value in force', async () => {
      for (const value of bad) {
        await expect(world.configure({ settings: `{ ${key}: ${value} }` })).rejects.toThrow(
          new RegExp(`server\\.settings\\.${key}`),
        );
      }
      expect(await world.query('SELECT value FROM settings WHERE name = $1', [key])).toEqual([]);
    });
  });

  it('Default Domain is used when domain is absent, and must be a domain of the file', async () => {
    const person = await world.person({}, 'Umbrella');
    await world.configure({ edit: (yaml) => yaml.replace('defaultDomain: ACME', 'defaultDomain: umbrella') });
    expect(
      await world
        .manager('ACME\\chief', 'harbour: light \\ 9')
        .call('PwReset.Send_Request', { username: person.login, method: 'NONE' }),
    ).toMatchObject({
      result: expect.any(String) as string,
    });
    await expect(
      world.configure({ edit: (yaml) => yaml.replace('defaultDomain: ACME', 'defaultDomain: Nowhere') }),
    ).rejects.toThrow(/defaultDomain/);
  });

  it('a setting that nobody declared is refused, with the nearest one', async () => {
    await expect(world.configure({ settings: '{ link_expiration_hour: 5 }' })).rejects.toThrow(/link_expiration_hours/);
  });

  it('a change is in force for the next call, without a restart', async () => {
    const person = await world.person();
    await world.configure({ domainSettings: '{ link_delivery_mode: SMS }' });
    await world.call({ username: person.login });
    await world.configure({ domainSettings: '{ link_delivery_mode: MAIL }' });
    await world.call({ username: person.login });
    expect((await world.messages(person)).map(({ channel }) => channel).toSorted()).toEqual(['MAIL', 'SMS']);
  });
});
