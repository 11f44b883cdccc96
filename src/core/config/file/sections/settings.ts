import { declaredSettings, findSetting, type SettingScope } from '../../../settings/setting.js';
import { scalarValues } from '../scalar-shapes.js';
import { type Shape, unknownKey } from '../shape.js';
import type { SourceNode } from '../source-node.js';

/** Settings as written, by name; every value was accepted by its declaration. */
export type SettingValues = Readonly<Record<string, unknown>>;

/** Settings given for the whole server, or for one domain: names and values come from the declarations. */
export function settings(scope: SettingScope): Shape<SettingValues> {
  return {
    values: `an object of settings for ${scope === 'server' ? 'the server' : 'one domain'}`,
    read(node, problems) {
      if (node.kind !== 'map') return problems.add(node, 'must be an object: keys and values, indented below');
      const result: Record<string, unknown> = {};
      for (const { key, node: value } of node.entries) {
        const setting = findSetting(key);
        if (!setting) {
          problems.addBelow(node, [key], unknownKey(key, namesFor(scope)));
        } else if (scope === 'domain' && setting.scope === 'server') {
          problems.addBelow(node, [key], 'holds for the whole server; write it below server.settings');
        } else {
          const written = possibleValues(value).find((candidate) => setting.parse(candidate) !== undefined);
          if (written === undefined) problems.addBelow(node, [key], `must be ${setting.values}`);
          else result[key] = written;
        }
      }
      return Object.freeze(result);
    },
  };
}

function namesFor(scope: SettingScope): string[] {
  return declaredSettings()
    .filter((setting) => scope === 'server' || setting.scope === 'domain')
    .map((setting) => setting.name);
}

function possibleValues(node: SourceNode): unknown[] {
  return node.kind === 'scalar' ? scalarValues(node) : [plain(node)];
}

function plain(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return Object.freeze(node.items.map(plain));
  return Object.freeze(Object.fromEntries(node.entries.map(({ key, node: value }) => [key, plain(value)])));
}
