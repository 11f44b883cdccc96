import type { ReadConfiguration } from '../../config/file/read-configuration-file.js';
import type { AdministratorDeclaration } from '../../config/file/sections/administrators.js';
import type { UserDeclaration } from '../../config/file/sections/domains.js';
import type { SettingValues } from '../../config/file/sections/settings.js';
import { foldName } from '../fold-name.js';
import { declareObjects, type DesiredObject } from './declare-objects.js';

export interface DesiredDomain {
  readonly name: string;
  readonly nameKey: string;
  /** `builtin`, or the name of a declared directory. */
  readonly directory: string;
  readonly blocked: boolean;
  readonly settings: SettingValues;
  readonly people: readonly UserDeclaration[];
}

/** What the database shall hold, in its own terms. */
export interface DesiredState {
  readonly publicUrl: string;
  readonly defaultDomain: string | null;
  readonly settings: SettingValues;
  readonly domains: readonly DesiredDomain[];
  readonly administrators: readonly AdministratorDeclaration[];
  readonly objects: readonly DesiredObject[];
}

export function desiredState({ file, folder }: ReadConfiguration): DesiredState {
  const builtin = new Set(file.directories.filter(({ kind }) => kind === 'builtin').map(({ name }) => name));
  return {
    publicUrl: file.publicUrl,
    defaultDomain: file.defaultDomain ?? null,
    settings: file.server.settings,
    domains: file.domains.map(({ name, directory, blocked, settings, users }) => ({
      name,
      nameKey: foldName(name),
      directory: builtin.has(directory) ? 'builtin' : directory,
      blocked,
      settings,
      people: users,
    })),
    administrators: file.administrators,
    objects: declareObjects(file, folder),
  };
}

/** Folded logins of everybody whom the file names, whatever the domain. */
export function loginKeys({ domains }: DesiredState): string[] {
  return domains.flatMap(({ people }) => people.map(({ login }) => foldName(login)));
}
