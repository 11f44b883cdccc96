/** Where a setting may be given. A `domain` setting may be given for the server too; the nearest value wins. */
export type SettingScope = 'server' | 'domain';

/**
 * A typed option, declared once. The declaration validates what operators write and documents itself in the
 * configuration reference.
 */
export interface Setting<T> {
  /** Key in the configuration file, e.g. `link_expiration_hours`. */
  readonly name: string;
  readonly scope: SettingScope;
  readonly default: T;
  /** What values are possible, in words for the reference and for refusals, e.g. `a whole number from 1 to 720`. */
  readonly values: string;
  /** What it does, with its unit and the contract section it comes from. */
  readonly meaning: string;
  /**
   * Checks a value as read from the file or from an API.
   *
   * @returns the typed value, or undefined when it is not one of {@link Setting.values}
   */
  parse(value: unknown): T | undefined;
}

const declared = new Map<string, Setting<unknown>>();

/** Every setting of the house, by name. Complete once the application's modules are loaded. */
export function declaredSettings(): readonly Setting<unknown>[] {
  return [...declared.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export function findSetting(name: string): Setting<unknown> | undefined {
  return declared.get(name);
}

/**
 * Declares a setting.
 *
 * @throws Error when the name is taken, or the default is not a possible value
 */
export function declareSetting<T>(setting: Setting<T>): Setting<T> {
  if (declared.has(setting.name)) throw new Error(`setting ${setting.name} is declared twice`);
  if (setting.parse(setting.default) === undefined)
    throw new Error(`setting ${setting.name} has an impossible default`);
  declared.set(setting.name, setting);
  return setting;
}
