import type { PlainSecret } from '../crypto/secret-types.js';
import type { Setting } from '../settings/setting.js';
import type { DeclaredKind } from './declared-object.entity.js';
import type { Domain } from './domain.entity.js';
import { foldName } from './fold-name.js';
import type { ServerConfiguration } from './server-configuration.entity.js';
import type { StoredSetting } from './stored-setting.entity.js';

/** Scope of the settings of the whole server; a domain's scope is its id. */
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

/** A snapshot of what is stored. */
export class StoredConfiguration implements ConfigurationSnapshot {
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
