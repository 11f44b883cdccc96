import { Injectable } from '@nestjs/common';
import { ConfigurationError } from '../config/configuration-error.js';
import { rows, Database, type Tx } from '../database/database.js';
import { KeyRing } from '../crypto/key-ring.js';
import type { PlainSecret, Sealed } from '../crypto/secret-types.js';
import { type ConfigurationSnapshot, type Declared, StoredConfiguration } from './configuration-snapshot.js';
import { DECLARED_SECRET, DeclaredObject } from './declared-object.entity.js';
import { Domain } from './domain.entity.js';
import { ServerConfiguration } from './server-configuration.entity.js';
import { StoredSetting } from './stored-setting.entity.js';

export { type ConfigurationSnapshot, type Declared, SERVER_SCOPE } from './configuration-snapshot.js';

/** How long a process may work with a configuration that another process has changed, in milliseconds. */
export const CONFIGURATION_STALENESS_MS = 1_000;

/**
 * The applied configuration, kept in memory and read again when it is older than {@link CONFIGURATION_STALENESS_MS} and
 * its revision has moved. So a change reaches every process without a restart.
 */
@Injectable()
export class Configuration {
  private held: { snapshot: ConfigurationSnapshot; checkedAt: number } | undefined;
  private loading: Promise<ConfigurationSnapshot> | undefined;
  private epoch = 0;

  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
  ) {}

  /** The configuration in force, at most {@link CONFIGURATION_STALENESS_MS} old. */
  async snapshot(): Promise<ConfigurationSnapshot> {
    if (this.held && performance.now() - this.held.checkedAt < CONFIGURATION_STALENESS_MS) return this.held.snapshot;
    this.loading ??= this.refresh(this.epoch);
    return this.loading;
  }

  /**
   * The same inside a transaction, read through it: a second connection may never come (attack class 69). Keeps nothing
   * of what it reads there, because the transaction may have changed it.
   */
  async snapshotWithin(tx: Tx): Promise<ConfigurationSnapshot> {
    const { held } = this;
    if (held && performance.now() - held.checkedAt < CONFIGURATION_STALENESS_MS) return held.snapshot;
    for (;;) {
      const revision = await this.revision(tx);
      if (held && held.snapshot.revision === revision) return held.snapshot;
      const snapshot = await this.read(tx);
      if (snapshot.revision === revision && revision === (await this.revision(tx))) return snapshot;
    }
  }

  /** Forgets what is held, and what is being read; called after this process changed the configuration. */
  invalidate(): void {
    this.epoch += 1;
    this.held = undefined;
    this.loading = undefined;
  }

  /** Raises the revision in the transaction that changes the configuration. */
  async touch(tx: Tx): Promise<void> {
    await rows(tx, 'UPDATE server_configuration SET revision = revision + 1 WHERE id = 1');
  }

  private async refresh(epoch: number): Promise<ConfigurationSnapshot> {
    const checkedAt = performance.now();
    const held = this.held?.snapshot;
    try {
      const snapshot =
        held && held.revision === (await this.revision(this.database.manager)) ? held : await this.load();
      if (epoch === this.epoch) this.held = { snapshot, checkedAt };
      return snapshot;
    } finally {
      if (epoch === this.epoch) this.loading = undefined;
    }
  }

  private async revision(tx: Tx): Promise<string | undefined> {
    const [current] = await rows<{ revision: string }>(tx, 'SELECT revision FROM server_configuration WHERE id = 1');
    return current?.revision;
  }

  /** Reads everything as of one moment, so that no half of somebody else's change is seen. */
  private load(): Promise<ConfigurationSnapshot> {
    return this.database.transaction(async (tx) => {
      await rows(tx, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return this.read(tx);
    });
  }

  private async read(tx: Tx): Promise<StoredConfiguration> {
    const server = await tx.findOneByOrFail(ServerConfiguration, { id: 1 });
    const domains = await tx.find(Domain, { order: { name: 'ASC' } });
    const settings = await tx.find(StoredSetting);
    const objects = await tx.find(DeclaredObject, { order: { kind: 'ASC', position: 'ASC' } });
    return new StoredConfiguration(
      server,
      domains,
      settings,
      objects.map((object) => ({ kind: object.kind, ...this.open(object) })),
    );
  }

  private open(object: DeclaredObject): Declared {
    const secrets = Object.entries(object.secrets).map(([path, sealed]) => [
      path,
      this.openSecret(object, path, sealed),
    ]);
    return {
      name: object.name,
      spec: object.spec,
      secrets: Object.fromEntries(secrets) as Record<string, PlainSecret>,
      version: object.updatedAt.toISOString(),
    };
  }

  /** @throws ConfigurationError when the key that sealed it is not in the ring any more */
  private openSecret({ kind, name }: DeclaredObject, path: string, sealed: Sealed): PlainSecret {
    try {
      return this.keyRing.open(sealed, DECLARED_SECRET);
    } catch {
      const problem = `does not open ${path} of ${kind} ${name}; put the key that sealed it back, or apply the file again`;
      throw new ConfigurationError([{ where: 'LATCHKEY_MASTER_KEYS', problem }]);
    }
  }
}
