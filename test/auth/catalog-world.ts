import { AuthPeople } from '../../src/auth/people/auth-people.js';
import type { FoundPerson } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { foldName } from '../../src/core/domains/fold-name.js';
import type { UserReference } from '../../src/surfaces/auth-envelope/references.js';
import { applicationModel } from '../../src/auth/applications/application-model.js';
import type { TestDatabase } from '../support/test-database.js';
import { AGENT_SECRET, AuthWorld } from './auth-world.js';

export const VPN = { id: 'app-31' };
export const PAYROLL = { name: 'Payroll' };

/** Applications that each agent is published on. */
export const AGENTS = {
  vpn: ['Harbour VPN', 'Payroll', 'Bare', 'Empty'],
  pier: ['payroll'],
  idle: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Policy = Readonly<Record<string, unknown>>;

const person = (login: string, extra: object = {}) => ({
  login,
  name: login,
  email: `${login.replace(/\W/g, '')}@harbour.test`,
  mobile: '+35226000001',
  password: 'Old harbour 21',
  ...extra,
});

const procedure = (...steps: readonly object[]) => ({ type: 'Web SSO', steps });

/**
 * Two realms over three domains, one of which is blocked, and a fourth outside of both; applications with and without a
 * realm, a procedure and steps.
 */
export function catalogFile(policies: readonly Policy[] = []): string {
  return JSON.stringify({
    publicUrl: 'http://localhost:${PORT}',
    domains: [
      {
        name: 'HARBOUR',
        users: [
          person('jane'),
          person('boss'),
          person('twin'),
          person('Ｆullwidth'),
          person('back\\slash'),
          person('jane@PIER'),
          person('mail@harbour.test'),
          person('bare', { password: undefined, mobile: undefined, email: undefined }),
        ],
      },
      { name: 'pier.example', users: [person('twin'), person('mara')] },
      { name: 'PIER', users: [person('pia'), person('pia@PIER')] },
      { name: 'ELSEWHERE', users: [person('eve'), person('jane')] },
      { name: 'CLOSED', blocked: true, users: [person('carl')] },
    ],
    administrators: [{ domain: 'HARBOUR', login: 'boss', role: 'global-admin' }],
    realms: [
      { name: 'harbour', domains: ['HARBOUR', 'pier.example', 'CLOSED', 'harbour'] },
      { name: 'piers', domains: ['pier.example', 'PIER'] },
      { name: 'elsewhere', domains: ['ELSEWHERE'] },
    ],
    applications: [
      {
        id: 'app-44',
        name: 'Payroll',
        realm: 'piers',
        logonProcedure: procedure({ name: 'code', authenticators: ['OTP', 'OTPoD', 'OTP'] }),
      },
      {
        id: 'app-31',
        name: 'Harbour VPN',
        description: 'From everywhere',
        realm: 'harbour',
        logonProcedure: procedure(
          { name: 'Password', description: 'As in the directory', authenticators: ['SPASS'] },
          { name: 'Second factor', authenticators: ['OTP', 'OTPoD', 'GRID', 'OOBA'], challengResponse: true },
        ),
      },
      { id: 'app-50', name: 'Bare' },
      { name: 'Empty', realm: 'piers', logonProcedure: procedure() },
      { id: 'app-99', name: 'Hidden', realm: 'elsewhere', logonProcedure: procedure() },
    ],
    agents: Object.entries(AGENTS).map(([name, applications]) => ({
      name,
      description: `Of ${name}`,
      applications,
      clientId: name,
      clientSecret: AGENT_SECRET,
    })),
    policies,
  });
}

export function startCatalogWorld(database: TestDatabase): Promise<AuthWorld> {
  return AuthWorld.start(database, { file: catalogFile() });
}

/** Makes these the only policies. */
export async function applyPolicies(world: AuthWorld, policies: readonly Policy[]): Promise<void> {
  await world.database.query("DELETE FROM declared_objects WHERE kind = 'policy'");
  await world.apply({ file: catalogFile(policies) });
}

/** Whom a reference means for an agent, and for an application of which this is the name. */
export async function whoIs(
  world: AuthWorld,
  reference: UserReference,
  { agent = 'vpn', application }: { readonly agent?: keyof typeof AGENTS; readonly application?: string } = {},
): Promise<FoundPerson> {
  const snapshot = await world.get(Configuration).snapshot();
  const named = application === undefined ? undefined : applicationModel(snapshot).byName.get(foldName(application));
  return world.get(AuthPeople).find({ snapshot, agent: { applications: AGENTS[agent] } }, reference, named);
}

/** The identifier of a domain. */
export async function domainId(world: AuthWorld, name: string): Promise<string> {
  const snapshot = await world.get(Configuration).snapshot();
  return snapshot.domains.find((domain) => domain.name === name)?.id ?? '';
}
