import { isDeepStrictEqual } from 'node:util';
import type { SettingValues } from '../../config/file/sections/settings.js';
import { SERVER_SCOPE } from '../configuration.js';
import { ServerConfiguration } from '../server-configuration.entity.js';
import { StoredSetting } from '../stored-setting.entity.js';
import { type PlanInput, shown, type Step, turned } from './plan.js';

export function planServer({ desired, current: { server } }: PlanInput): Step[] {
  const { publicUrl, defaultDomain } = desired;
  const details: string[] = [];
  if (server.publicUrl !== publicUrl) details.push(`publicUrl ${turned(server.publicUrl, publicUrl)}`);
  if (server.defaultDomain !== defaultDomain) {
    details.push(`defaultDomain ${turned(server.defaultDomain, defaultDomain)}`);
  }
  if (details.length === 0) return [];
  const write: Step['write'] = async (tx) => {
    await tx.update(ServerConfiguration, { id: 1 }, { publicUrl, defaultDomain });
  };
  return [{ action: 'update', subject: 'server', details, write }];
}

/** Settings of the server and of each domain of the file. */
export function planSettings(input: PlanInput): Step[] {
  const { desired, domainIds } = input;
  return [
    ...planScope(input, SERVER_SCOPE, 'server', desired.settings),
    ...desired.domains.flatMap(({ name, nameKey, settings }) =>
      planScope(input, domainIds.get(nameKey) ?? '', `domain ${name}`, settings),
    ),
  ];
}

function planScope({ current, prune }: PlanInput, scope: string, owner: string, desired: SettingValues): Step[] {
  const stored = new Map(current.settings.filter((row) => row.scope === scope).map(({ name, value }) => [name, value]));
  const written = Object.entries(desired).flatMap(([name, value]): Step[] => {
    const old = stored.get(name);
    if (stored.has(name) && isDeepStrictEqual(old, value)) return [];
    const write: Step['write'] = async (tx) => {
      await tx.upsert(StoredSetting, { scope, name, value: value as object }, ['scope', 'name']);
    };
    const action = stored.has(name) ? 'update' : 'create';
    const details = [action === 'update' ? turned(old, value) : shown(value)];
    return [{ action, subject: `setting ${name} of ${owner}`, details, write }];
  });
  const others = [...stored].filter(([name]) => !Object.hasOwn(desired, name));
  const left = others.map(([name, value]): Step => {
    const subject = `setting ${name} of ${owner}`;
    if (!prune) return { action: 'keep', subject, details: [] };
    const write: Step['write'] = async (tx) => {
      await tx.delete(StoredSetting, { scope, name });
    };
    return { action: 'delete', subject, details: [`${shown(value)} -> default`], write };
  });
  return [...written, ...left];
}
