import { Injectable } from '@nestjs/common';
import { rows, Database, type Tx } from '../database/database.js';
import { KeyRing } from '../crypto/key-ring.js';
import type { PlainSecret } from '../crypto/secret-types.js';
import type { Setting } from '../settings/setting.js';
import { DeclaredObject, type DeclaredKind } from './declared-object.entity.js';
import { Domain } from './domain.entity.js';
import { foldName } from './fold-name.js';
import { ServerConfiguration } from './server-configuration.entity.js';
import { StoredSetting } from './stored-setting.entity.js';

/** How long a process may work with a configuration that another process has changed, in milliseconds. */
export const CONFIGURATION_STALENESS_MS = 1_000;

/** Sealing purpose of the secrets of declared objects. */
export const DECLARED_SECRET = 'declared-object';

export const SERVER_SCOPE = 'server';

/** A declared thing with its secrets opened, by their path in the specification. */
export interface Declared {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, PlainSecret>>;
  /** Changes whenever the declaration does; adapters made from it are rebuilt then. */
  readonly version: string;
}

/** The configuration in force at one moment; immutable. */
export interface ConfigurationSnapshot {
  readonly revision: string;
  readonly publicUrl: string | undefined;
  readonly defaultDomain: string | undefined;
  readonly domains: readonly Domain[];
  /** The domain with this name, compared folded; a blocked one counts as absent. */
  domain(name: string): Domain | undefined;
  domainById(id: string): Domain | undefined;
  /** The nearest value: the domain's, else the server's, else the default. */
  setting<T>(setting: Setting<T>, domainId?: string): T;
  /** Declared things of one kind, in the order of the file. */
  declared(kind: DeclaredKind): readonly Declared[];
}

/**
 * The applied configuration, kept in memory and read again when it is older than {@link CONFIGURATION_STALENESS_MS} and
 * its revision has moved. So a change reaches every process without a restart.
 */
@Injectable()
export class Configuration {
  private held: { snapshot: ConfigurationSnapshot; checkedAt: number } | undefined;
  private loading: Promise<ConfigurationSnapshot> | undefined;

  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
  ) {}

  /** The configuration in force, at most {@link CONFIGURATION_STALENESS_MS} old. */
  async snapshot(): Promise<ConfigurationSnapshot> {
    if (this.held && performance.now() - this.held.checkedAt < CONFIGURATION_STALENESS_MS) return this.held.snapshot;
    this.loading ??= this.refresh().finally(() => (this.loading = undefined));
    return this.loading;
  }

  /** Forgets what is held; called after this process changed the configuration. */
  invalidate(): void {
    this.held = undefined;
  }

  /** Raises the revision in the transaction that changes the configuration. */
  async touch(tx: Tx): Promise<void> {
    await rows(tx, 'UPDATE server_configuration SET revision = revision + 1 WHERE id = 1');
  }

  private async refresh(): Promise<ConfigurationSnapshot> {
    const checkedAt = performance.now();
    const [current] = await this.database.query<{ revision: string }>(
      'SELECT revision FROM server_configuration WHERE id = 1',
    );
    const snapshot =
      this.held && this.held.snapshot.revision === current?.revision ? this.held.snapshot : await this.load();
    this.held = { snapshot, checkedAt };
    return snapshot;
  }

  private load(): Promise<ConfigurationSnapshot> {
    return this.database.transaction(async (tx) => {
      const server = await tx.findOneByOrFail(ServerConfiguration, { id: 1 });
      const domains = await tx.find(Domain, { order: { name: 'ASC' } });
      const settings = await tx.find(StoredSetting);
      const objects = await tx.find(DeclaredObject, { order: { kind: 'ASC', position: 'ASC' } });
      return new Snapshot(
        server,
        domains,
        settings,
        objects.map((object) => ({ kind: object.kind, ...this.open(object) })),
      );
    });
  }

  private open(object: DeclaredObject): Declared {
    const secrets = Object.entries(object.secrets).map(([path, sealed]) => [
      path,
      this.keyRing.open(sealed, DECLARED_SECRET),
    ]);
    return {
      name: object.name,
      spec: object.spec,
      secrets: Object.fromEntries(secrets) as Record<string, PlainSecret>,
      version: object.updatedAt.toISOString(),
    };
  }
}

class Snapshot implements ConfigurationSnapshot {
  readonly revision: string;
  readonly publicUrl: string | undefined;
  readonly defaultDomain: string | undefined;
  private readonly byName: ReadonlyMap<string, Domain>;
  private readonly byId: ReadonlyMap<string, Domain>;
  private readonly settings: ReadonlyMap<string, unknown>;

  constructor(
    server: ServerConfiguration,
    readonly domains: readonly Domain[],
    settings: readonly StoredSetting[],
    private readonly objects: readonly (Declared & { kind: DeclaredKind })[],
  ) {
    this.revision = server.revision;
    this.publicUrl = server.publicUrl ?? undefined;
    this.defaultDomain = server.defaultDomain ?? undefined;
    const open = domains.filter((domain) => !domain.blocked);
    this.byName = new Map(open.map((domain) => [domain.nameKey, domain]));
    this.byId = new Map(domains.map((domain) => [domain.id, domain]));
    this.settings = new Map(settings.map(({ scope, name, value }) => [settingKey(scope, name), value]));
  }

  domain(name: string): Domain | undefined {
    return this.byName.get(foldName(name));
  }

  domainById(id: string): Domain | undefined {
    return this.byId.get(id);
  }

  setting<T>(setting: Setting<T>, domainId?: string): T {
    const scopes = domainId && setting.scope === 'domain' ? [domainId, SERVER_SCOPE] : [SERVER_SCOPE];
    for (const scope of scopes) {
      const stored = this.settings.get(settingKey(scope, setting.name));
      // A value stored by another version may be out of today's bounds; the next one applies then.
      const value = stored === undefined ? undefined : setting.parse(stored);
      if (value !== undefined) return value;
    }
    return setting.default;
  }

  declared(kind: DeclaredKind): readonly Declared[] {
    return this.objects.filter((object) => object.kind === kind);
  }
}

function settingKey(scope: string, name: string): string {
  return `${scope}\0${name}`;
}
