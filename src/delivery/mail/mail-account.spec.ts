import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { ConfigurationSnapshot, Declared } from '../../core/domains/configuration.js';
import { systemAccount } from './mail-account.js';

const profile: Declared = { name: 'relay', spec: { url: 'smtp://relay.test:2525' }, secrets: {}, version: '1' };
const account = (name: string, spec: Record<string, unknown> = {}): Declared => ({
  name,
  spec: { profile: 'relay', address: `${name}@example.test`, isSystem: true, enabled: true, ...spec },
  secrets: {},
  version: '1',
});
const chosen = (accounts: Declared[], profiles: Declared[] = [profile]) =>
  systemAccount({
    declared: (kind: string) => (kind === 'mail-account' ? accounts : profiles),
  } as unknown as ConfigurationSnapshot);

describe('the system account', () => {
  it('is the first by name of those that are enabled and marked', () => {
    const accounts = [
      account('zebra'),
      account('ape', { enabled: false }),
      account('bear', { isSystem: false }),
      account('cat', { profile: 'gone' }),
      account('dog'),
    ];
    expect(chosen(accounts)?.name).toBe('dog');
    expect(chosen([])).toBeUndefined();
  });

  it('goes through its profile, with the credentials that were sealed', () => {
    const sealed = { ...profile, secrets: { url: plainSecret('smtps://user:secret@relay.test') } };
    expect(chosen([account('dog')], [sealed])?.relay).toMatchObject({
      url: new URL('smtps://user:secret@relay.test'),
      requireTls: false,
      verifyCertificate: true,
    });
  });
});
