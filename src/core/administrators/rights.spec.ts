import { describe, expect, it } from 'vitest';
import { type Role, ROLES } from './administrator.entity.js';
import { mayReach, mayUse, RIGHTS } from './rights.js';

/** Whom each role reaches: in the own domain, and in another one. */
const REACH: Readonly<Record<Role, { own: (Role | undefined)[]; other: (Role | undefined)[] }>> = {
  'global-admin': { own: [...ROLES, undefined], other: [...ROLES, undefined] },
  'domain-admin': { own: ['domain-admin', 'user-manager', undefined], other: [] },
  'user-manager': { own: [undefined], other: [] },
};

const MATRIX = ROLES.flatMap((caller) =>
  [...ROLES, undefined].flatMap((target) =>
    (['own', 'other'] as const).map((domain) => ({
      caller,
      target,
      domain,
      reached: REACH[caller][domain].includes(target),
    })),
  ),
);

describe('the reach of an administrator', () => {
  it.each(MATRIX)(
    'attack 65: $caller reaches $target of the $domain domain: $reached',
    ({ caller, target, domain, reached }) => {
      expect(
        mayReach({ role: caller, domainId: 'd1' }, { role: target, domainId: domain === 'own' ? 'd1' : 'd2' }),
      ).toBe(reached);
    },
  );
});

describe('the rights of an administrator', () => {
  it('attack 65: are those that the role is given by name', () => {
    const held = ROLES.map((role) => [role, RIGHTS.filter((right) => mayUse(role, right))]);
    expect(Object.fromEntries(held)).toEqual({
      'global-admin': RIGHTS,
      'domain-admin': RIGHTS,
      'user-manager': ['send-links', 'read-people', 'unlock-access', 'use-server'],
    });
  });
});
