import { Administrator } from '../../administrators/administrator.entity.js';
import { rows, type Tx } from '../../database/database.js';
import { DeclaredObject } from '../declared-object.entity.js';
import { Domain } from '../domain.entity.js';
import { ServerConfiguration } from '../server-configuration.entity.js';
import { StoredSetting } from '../stored-setting.entity.js';

/** What the database holds now. */
export interface CurrentState {
  readonly server: ServerConfiguration;
  readonly domains: readonly Domain[];
  readonly settings: readonly StoredSetting[];
  readonly administrators: readonly Administrator[];
  readonly objects: readonly DeclaredObject[];
  /** Those built-in people whom the file may name, by domain id and folded login; see {@link personKey}. */
  readonly people: ReadonlySet<string>;
}

export function personKey(domainId: string, loginKey: string): string {
  return `${domainId}\0${loginKey}`;
}

/**
 * Reads the whole configuration, with the server's row locked until the transaction ends: two configurations are
 * applied one after the other, never mixed.
 */
export async function lockCurrentState(tx: Tx, loginKeys: readonly string[]): Promise<CurrentState> {
  await rows(tx, 'INSERT INTO server_configuration (id) VALUES (1) ON CONFLICT (id) DO NOTHING');
  await rows(tx, 'SELECT 1 FROM server_configuration WHERE id = 1 FOR UPDATE');
  return readCurrentState(tx, loginKeys);
}

/** @param loginKeys folded logins of the people that the file names */
export async function readCurrentState(tx: Tx, loginKeys: readonly string[]): Promise<CurrentState> {
  const server = await tx.findOneBy(ServerConfiguration, { id: 1 });
  const people = await rows<{ domain_id: string; login_key: string }>(
    tx,
    'SELECT domain_id, login_key FROM builtin_people WHERE login_key = ANY($1)',
    [loginKeys],
  );
  return {
    server: server ?? tx.create(ServerConfiguration, { id: 1, publicUrl: null, defaultDomain: null, revision: '0' }),
    domains: await tx.find(Domain, { order: { name: 'ASC' } }),
    settings: await tx.find(StoredSetting),
    administrators: await tx.find(Administrator),
    objects: await tx.find(DeclaredObject, { order: { kind: 'ASC', position: 'ASC', name: 'ASC' } }),
    people: new Set(people.map(({ domain_id, login_key }) => personKey(domain_id, login_key))),
  };
}

/** How much still hangs on a domain. */
export interface DomainUse {
  readonly people: number;
  readonly accounts: number;
  readonly requests: number;
}

export async function domainUse(tx: Tx, domainId: string): Promise<DomainUse> {
  const [use] = await rows<DomainUse>(
    tx,
    `SELECT (SELECT count(*)::int FROM builtin_people WHERE domain_id = $1) AS people,
            (SELECT count(*)::int FROM accounts WHERE domain_id = $1) AS accounts,
            (SELECT count(*)::int FROM one_time_requests WHERE domain_id = $1) AS requests`,
    [domainId],
  );
  return use ?? { people: 0, accounts: 0, requests: 0 };
}
