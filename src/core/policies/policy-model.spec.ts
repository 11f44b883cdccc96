import { describe, expect, it } from 'vitest';
import type { ConfigurationSnapshot, Declared } from '../domains/configuration-snapshot.js';
import { plainSecret } from '../crypto/secret-types.js';
import { given, inForce } from './policy.js';
import { GRID_GO } from './categories/authenticators.js';
import { LOCKOUT, LOGON } from './categories/logging-on.js';
import { declaredCategories, isPersonal, policyInForce, readsGroups } from './policy-model.js';

const HOME = 'd-1';

interface Declaration {
  readonly category?: string;
  readonly holder?: Readonly<Record<string, string>>;
  readonly applications?: readonly string[];
  readonly enabled?: boolean;
  readonly priority?: number;
  readonly options?: Readonly<Record<string, string>>;
}

function snapshotOf(policies: Readonly<Record<string, Declaration>>): ConfigurationSnapshot {
  const declared = Object.entries(policies).map(([name, policy]): Declared => ({
    name,
    spec: { category: 'logon', applications: [], enabled: true, priority: 0, options: {}, ...policy },
    secrets: {},
    version: '1',
  }));
  return {
    declared: () => declared,
    domain: (name: string) => (name === 'home' ? { id: HOME } : undefined),
  } as unknown as ConfigurationSnapshot;
}

const SUBJECT = {
  domainId: HOME,
  logins: ['jane', 'Jane.Doe@example.test'],
  dn: 'cn=Jane,ou=Night Shift,ou=Staff,dc=example',
  groups: ['Admins', 'cn=admins,ou=groups,dc=example'],
};

const LADDER = {
  system: {},
  domain: { holder: { domain: 'home' } },
  unit: { holder: { domain: 'home', unit: 'OU=staff,dc=example' } },
  'inner unit': { holder: { domain: 'home', unit: 'ou=night shift, ou=staff, dc=example' } },
  group: { holder: { domain: 'home', group: 'admins' } },
  user: { holder: { domain: 'home', user: 'JANE' } },
};

describe('the policy in force', () => {
  it('is that of the nearest holder', () => {
    const names = Object.keys(LADDER);
    for (let count = names.length; count > 0; count--) {
      const some = Object.fromEntries(Object.entries(LADDER).slice(0, count));
      expect(policyInForce(snapshotOf(some), 'logon', SUBJECT)?.name).toBe(names[count - 1]);
    }
  });

  it.each([
    ['another domain', { ...SUBJECT, domainId: 'd-2' }, 'system'],
    ['nobody', {}, 'system'],
    ['a domain alone', { domainId: HOME }, 'domain'],
    ['another login', { ...SUBJECT, logins: ['jan'], groups: [], dn: 'cn=Jane,dc=example' }, 'domain'],
    ['a unit that ends alike', { domainId: HOME, dn: 'cn=Jane,ou=Staff,dc=example,dc=test' }, 'domain'],
    ['another login of theirs', { domainId: HOME, logins: ['x', 'jane'] }, 'user'],
    ['the DN of a group', { domainId: HOME, groups: ['admins'] }, 'group'],
  ])('for %s is that of %s', (_, subject, name) => {
    expect(policyInForce(snapshotOf(LADDER), 'logon', subject)?.name).toBe(name);
  });

  it('is one bound to the application before one for all, however high that stands', () => {
    const snapshot = snapshotOf({ all: { priority: 9 }, bound: { applications: ['Harbour VPN'] } });
    expect(policyInForce(snapshot, 'logon', {}, 'harbour vpn')?.name).toBe('bound');
    expect(policyInForce(snapshot, 'logon', {}, 'Payroll')?.name).toBe('all');
    expect(policyInForce(snapshot, 'logon', {})?.name).toBe('all');
  });

  it('is a near one for all before a far one that is bound', () => {
    const snapshot = snapshotOf({ near: { holder: { domain: 'home' } }, far: { applications: ['a'], priority: 9 } });
    expect(policyInForce(snapshot, 'logon', SUBJECT, 'a')?.name).toBe('near');
  });

  it('is the one with the higher priority, then that with the smaller id', () => {
    const higher = snapshotOf({ low: { priority: -1 }, high: { priority: 1 }, middle: {} });
    expect(policyInForce(higher, 'logon', {})?.name).toBe('high');
    const [one, other] = [snapshotOf({ a: {}, b: {} }), snapshotOf({ b: {}, a: {} })];
    const first = policyInForce(one, 'logon', {});
    expect(policyInForce(other, 'logon', {})).toEqual(first);
    const loser = policyInForce(snapshotOf({ [first?.name === 'a' ? 'b' : 'a']: {} }), 'logon', {});
    expect(loser && first && loser.id > first.id).toBe(true);
  });

  it('is none that is disabled, of another category, or of a domain that is gone', () => {
    const snapshot = snapshotOf({
      disabled: { enabled: false },
      other: { category: 'lockout' },
      gone: { holder: { domain: 'away' } },
    });
    expect(policyInForce(snapshot, 'logon', SUBJECT)).toBeUndefined();
    expect(policyInForce(snapshot, 'LOCKOUT', SUBJECT)?.name).toBe('other');
    expect(declaredCategories(snapshot)).toEqual(['lockout']);
  });

  it('keeps its id as long as its name', () => {
    const id = policyInForce(snapshotOf({ a: {} }), 'logon', {})?.id;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(policyInForce(snapshotOf({ A: { priority: 3 } }), 'logon', {})?.id).toBe(id);
  });
});

describe('what policies look at', () => {
  it('are groups only where one is for a group', () => {
    expect(readsGroups(snapshotOf({ a: { holder: { domain: 'home', group: 'g' } } }), HOME)).toBe(true);
    expect(readsGroups(snapshotOf({ a: { holder: { domain: 'home', group: 'g' } } }), 'd-2')).toBe(false);
    expect(readsGroups(snapshotOf({ a: { holder: { domain: 'home', group: 'g' }, enabled: false } }), HOME)).toBe(
      false,
    );
    expect(readsGroups(snapshotOf({ a: { holder: { domain: 'home', user: 'u' } } }), HOME)).toBe(false);
  });

  it('are people only where one is for somebody in particular', () => {
    expect(isPersonal(snapshotOf({ a: { holder: { domain: 'home' } } }), HOME)).toBe(false);
    expect(isPersonal(snapshotOf({ a: { holder: { domain: 'home', unit: 'ou=a' } } }), HOME)).toBe(true);
  });
});

describe('an option', () => {
  it('is what the policy says, and the default otherwise', () => {
    const policy = policyInForce(snapshotOf({ a: { options: { mfa: 'NOT_REQUIRED' } } }), 'logon', {});
    expect(inForce(policy, LOGON.mfa)).toBe('NOT_REQUIRED');
    expect(inForce(policy, LOGON.pendingTimeout)).toBe(300);
    expect(inForce(undefined, LOGON.mfa)).toBe('REQUIRED');
    expect(given(policy, LOGON.pendingTimeout)).toBeUndefined();
  });

  it('that is stored and not possible any more counts as absent', () => {
    const policy = policyInForce(
      snapshotOf({ a: { category: 'lockout', options: { maxFailures: '1e3' } } }),
      'lockout',
      {},
    );
    expect(given(policy, LOCKOUT.maxFailures)).toBeUndefined();
    expect(inForce(policy, LOCKOUT.maxFailures)).toBe(5);
  });

  it('that is secret is read from where secrets are kept', () => {
    const snapshot = {
      ...snapshotOf({}),
      declared: () => [
        {
          name: 'a',
          spec: { category: 'GridGo', applications: [], enabled: true, priority: 0, options: {} },
          secrets: { 'options.defaultPath': plainSecret('1364') },
          version: '1',
        },
      ],
    };
    expect(given(policyInForce(snapshot, 'gridgo', {}), GRID_GO.defaultPath)).toBe('1364');
  });
});
