import { isLaterSetting } from '../../settings/later-settings.js';
import type { DeclaredKind } from '../declared-object.entity.js';
import type { DesiredState } from './desired-state.js';

/** Kinds whose feature comes with a later version, with their key in the file. A feature takes its kinds out of this list. */
const LATER_KINDS: Partial<Record<DeclaredKind, string>> = {};

/** Whether a top-level key of the file is stored and not used yet. */
export function isLaterSection(key: string): boolean {
  return Object.values(LATER_KINDS).includes(key);
}

/** What the file holds that is stored and not used yet, e.g. `realms (2)`, `setting cors_origins`. */
export function laterParts({ objects, settings, domains }: DesiredState): string[] {
  const kinds = Object.entries(LATER_KINDS)
    .map(([kind, plural]) => ({ plural, count: objects.filter((object) => object.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ plural, count }) => `${plural} (${count})`);
  const names = [settings, ...domains.map((domain) => domain.settings)].flatMap((values) => Object.keys(values));
  const later = [...new Set(names)].filter(isLaterSetting);
  return [...kinds, ...later.map((name) => `setting ${name}`)];
}
