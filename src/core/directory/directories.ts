import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Configuration } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import type { Directory } from './directory.js';
import { DirectoryFactory } from './directory-factory.js';

/**
 * The directory of each domain. Adapters live as long as the declaration they were made from; a changed declaration
 * makes a new one and the old one is closed.
 */
@Injectable()
export class Directories implements OnApplicationShutdown {
  private readonly held = new Map<string, { version: string; directory: Directory }>();

  constructor(
    private readonly configuration: Configuration,
    private readonly factory: DirectoryFactory,
  ) {}

  /** The directory of `domain`. @throws DomainError `directory-misconfigured` when the declaration is gone */
  async for(domain: Domain): Promise<Directory> {
    const snapshot = await this.configuration.snapshot();
    const declared = snapshot.declared('directory').find(({ name }) => name === domain.directory);
    if (!declared && domain.directory !== 'builtin') {
      throw new DomainError('directory-misconfigured', {
        detail: `domain ${domain.name} names an undeclared directory`,
      });
    }
    const version = `${domain.directory} ${declared?.version ?? ''} ${domain.name}`;
    const held = this.held.get(domain.id);
    if (held?.version === version) return held.directory;
    const directory = this.factory.make(domain, declared);
    this.held.set(domain.id, { version, directory });
    await held?.directory.close();
    return directory;
  }

  async onApplicationShutdown(): Promise<void> {
    const open = [...this.held.values()];
    this.held.clear();
    await Promise.all(open.map(({ directory }) => directory.close()));
  }
}
