import type { Setting } from './setting.js';

/**
 * Settings of features that come with a later version. They are checked and stored now, so that a configuration file
 * written for the whole product is accepted as it stands; each moves to its feature's folder with the feature.
 */
export const LATER_SETTINGS: readonly Setting<unknown>[] = [];

const LATER = new Set(LATER_SETTINGS.map(({ name }) => name));

/** Whether a setting is stored but not used yet. */
export function isLaterSetting(name: string): boolean {
  return LATER.has(name);
}
