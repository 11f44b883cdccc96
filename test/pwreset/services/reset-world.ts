import type { AdministratorCaller } from '../../../src/core/administrators/administrator-caller.js';
import type { AuthenticatedManager } from '../../../src/core/administrators/manager-login.js';
import { ReachablePeople } from '../../../src/core/administrators/reachable-people.js';
import type { PlainSecret } from '../../../src/core/crypto/secret-types.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { requireUsable } from '../../../src/core/directory/people.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { PasswordResetPages, type SubmitResult } from '../../../src/pwreset/password-reset-pages.js';
import { PasswordResetService, type PasswordResetWish } from '../../../src/pwreset/pwreset.service.js';
import type { MemoryPerson } from '../../support/memory-directory.js';
import { type Services, type ServicesOptions, startServices } from '../../support/services.js';
import type { TestDatabase } from '../../support/test-database.js';

export const CLIENT = { address: '192.0.2.9', correlationId: 'r-9' };
export const OLD_PASSWORD = 'old horse 1';
export const NEW_PASSWORD = 'new horse 2 B';

/** A help desk, a person in our own directory and one in another, and what the three of them do. */
export interface ResetWorld {
  readonly services: Services;
  readonly domain: Domain;
  readonly jane: BuiltinPerson;
  readonly remoteDomain: Domain;
  readonly remoteJane: MemoryPerson;
  readonly pages: PasswordResetPages;
  caller(fields?: Partial<AuthenticatedManager>): AdministratorCaller;
  /** Sends a link to `jane` of `ACME` unless told otherwise. */
  send(wish?: Partial<PasswordResetWish>, caller?: Partial<AuthenticatedManager>): Promise<string>;
  /** Sends a link and opens it; the secret of the page session. */
  opened(wish?: Partial<PasswordResetWish>): Promise<PlainSecret>;
  submit(session: string, password?: string): Promise<SubmitResult>;
  requests(): Promise<OneTimeRequest[]>;
  /** The names of audit events in their order. */
  events(): Promise<string[]>;
  /** Whether the built-in `jane` has this password. */
  hasPassword(password: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function startResetWorld(test: TestDatabase, options: ServicesOptions = {}): Promise<ResetWorld> {
  const services = await startServices(test, options);
  await services.configure({ defaultDomain: 'ACME' });
  const domain = await services.domain({ name: 'ACME' });
  const jane = await services.factory.person(domain, {
    login: 'jane',
    displayName: 'Jane Doe',
    mail: 'jane@example.test',
    mobile: '+35226000001',
    language: 'fr',
    password: OLD_PASSWORD,
  });
  const remoteDomain = await services.remoteDomain({ name: 'CORP' });
  const remoteJane = services.directory.add({ login: 'jane', password: OLD_PASSWORD });
  const pages = services.get(PasswordResetPages);

  function caller(fields: Partial<AuthenticatedManager> = {}): AdministratorCaller {
    return {
      label: 'ACME\\desk',
      accountId: '5f6b3c1e-0000-4000-8000-00000000de5c',
      domainId: domain.id,
      role: 'global-admin',
      clientAddress: '192.0.2.1',
      correlationId: 'r-1',
      ...fields,
    };
  }

  async function send(wish: Partial<PasswordResetWish> = {}, as: Partial<AuthenticatedManager> = {}): Promise<string> {
    const whole: PasswordResetWish = {
      username: 'jane',
      domain: undefined,
      method: 'NONE',
      expires: undefined,
      comments: undefined,
      mfa: undefined,
      ...wish,
    };
    const found = await services.get(ReachablePeople).find(caller(as), whole);
    requireUsable(found);
    return services.get(PasswordResetService).send(caller(as), found, whole);
  }

  return {
    services,
    domain,
    jane,
    remoteDomain,
    remoteJane,
    pages,
    caller,
    send,
    opened: async (wish) => {
      const session = await pages.open(secretOf(await send(wish)), CLIENT);
      if (!session) throw new Error('the link could not be opened');
      return session;
    },
    submit: (session, password = NEW_PASSWORD) => pages.submit(session, password, password, CLIENT),
    requests: () => services.database.manager.find(OneTimeRequest, { order: { number: 'ASC' } }),
    events: async () => (await services.audit()).map(({ event }) => event),
    hasPassword: async (password) => {
      const [row] = await services.database.query<{ password_hash: string }>(
        'SELECT password_hash FROM builtin_people WHERE id = $1',
        [jane.id],
      );
      return row?.password_hash === (await services.hasher.hash(password as PlainSecret));
    },
    close: () => services.close(),
  };
}

/** The secret that a link carries. */
export function secretOf(url: string): string {
  return new URL(url).searchParams.get('req') ?? '';
}
