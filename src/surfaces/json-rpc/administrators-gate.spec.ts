import type { FastifyRequest } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ManagerCredentials, ManagerLogin } from '../../core/administrators/manager-login.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { Configuration } from '../../core/domains/configuration.js';
import type { Clients } from '../../core/web/clients.js';
import { AdministratorsGate } from './administrators-gate.js';
import type { Admission } from './caller.js';

const BASIC = { kind: 'basic', user: 'ACME\\desk', password: plainSecret('secret') } as const;

describe('AdministratorsGate', () => {
  let address: string;
  let allowed: string[];
  let attempts: ManagerCredentials[];

  beforeEach(() => {
    [address, allowed, attempts] = ['192.0.2.1', [], []];
  });

  const gate = new AdministratorsGate(
    { of: () => ({ address, correlationId: 'req-1' }) } as unknown as Clients,
    { snapshot: async () => ({ setting: () => allowed }) } as unknown as Configuration,
    {
      authenticate: async (credentials: ManagerCredentials) => {
        attempts.push(credentials);
        return { label: 'ACME\\desk', accountId: 'a1', domainId: 'd1', role: 'user-manager' };
      },
    } as unknown as ManagerLogin,
  );

  const admit = (authorization: Admission['authorization'], certificate?: string, headers = {}) =>
    gate.admit({ request: { headers } as FastifyRequest, authorization, certificate });

  it('lets in whom the log-in knows, with the address and the id of the request', async () => {
    expect(await admit(BASIC, 'ab12')).toEqual({
      label: 'ACME\\desk',
      accountId: 'a1',
      domainId: 'd1',
      role: 'user-manager',
      clientAddress: '192.0.2.1',
      correlationId: 'req-1',
    });
    expect(attempts).toEqual([
      {
        user: 'ACME\\desk',
        password: 'secret',
        certificate: 'ab12',
        clientAddress: '192.0.2.1',
        correlationId: 'req-1',
      },
    ]);
  });

  it('asks for credentials without counting an attempt', async () => {
    await expect(admit({ kind: 'none' })).rejects.toMatchObject({ code: 'credentials-missing' });
    expect(attempts).toEqual([]);
  });

  it('has malformed credentials counted as an attempt of nobody', async () => {
    await admit({ kind: 'malformed' });
    expect(attempts).toMatchObject([{ user: '', password: '' }]);
  });

  it.each([
    [['192.0.2.0/24'], '192.0.2.1'],
    [['198.51.100.7', '2001:db8::/32'], '2001:db8::1'],
    [[], '203.0.113.9'],
  ])('allows by %j the address %s', async (clients, from) => {
    [allowed, address] = [clients, from];
    await expect(admit(BASIC)).resolves.toBeDefined();
  });

  it.each([BASIC, { kind: 'none' } as const, { kind: 'malformed' } as const])(
    'turns another address away before it looks at credentials: %j',
    async (authorization) => {
      [allowed, address] = [['192.0.2.0/24'], '198.51.100.7'];
      await expect(admit(authorization)).rejects.toMatchObject({ code: 'client-address-not-allowed' });
      expect(attempts).toEqual([]);
    },
  );

  it.each(['cross-site', 'same-site'])(
    'turns away what a page of another site sends from a browser (%s), before it looks at credentials',
    async (site) => {
      await expect(admit(BASIC, undefined, { 'sec-fetch-site': site })).rejects.toMatchObject({
        code: 'form-not-valid',
      });
      expect(attempts).toEqual([]);
    },
  );

  it.each(['same-origin', 'none'])('lets in what our own pages and people send from a browser (%s)', async (site) => {
    await expect(admit(BASIC, undefined, { 'sec-fetch-site': site })).resolves.toBeDefined();
  });

  it('gives rights by role', async () => {
    await expect(gate.may(await admit(BASIC), 'send-links')).resolves.toBe(true);
  });
});
