import { configurationFile } from '../../core/config/file/configuration-file.js';
import type { Key, Keys, Shape } from '../../core/config/file/shape.js';
import { markdownTable } from './markdown.js';

/** The keys of the configuration file, one table for each top-level key that has parts. */
export function fileReference(): string[] {
  const keys = Object.entries(configurationFile.keys ?? {});
  const plain = keys.filter(([, { shape }]) => !partsOf(shape));
  const parted = keys.filter(([, { shape }]) => partsOf(shape));
  return [
    ...table(plain.map(([name, key]) => row(name, key))),
    ...parted.flatMap(([name, { shape, meaning }]) => [
      `### \`${name}\``,
      meaning,
      ...table(rowsBelow(pathInto(name, shape), partsOf(shape) ?? {})),
    ]),
  ];
}

function rowsBelow(prefix: string, keys: Keys): string[][] {
  return Object.entries(keys).flatMap(([name, key]) => {
    const path = `${prefix}.${name}`;
    const parts = partsOf(key.shape);
    return [row(path, key), ...(parts ? rowsBelow(pathInto(path, key.shape), parts) : [])];
  });
}

function row(path: string, { shape, meaning, required, fallback }: Key<unknown>): string[] {
  return [`\`${path}\``, describe(shape), required ? 'required' : shownDefault(fallback), meaning];
}

function table(rows: string[][]): string[] {
  return rows.length > 0 ? [markdownTable(['Key', 'Value', 'Default', 'Meaning'], rows)] : [];
}

function describe(shape: Shape<unknown>): string {
  if (!isList(shape)) return shape.keys ? 'an object' : shape.values;
  return shape.item?.keys ? `${shape.values} of objects` : `${shape.values}, each ${shape.item?.values ?? 'a value'}`;
}

/** The keys of an object, or of the objects in a list. */
function partsOf(shape: Shape<unknown>): Keys | undefined {
  return shape.keys ?? (isList(shape) ? shape.item?.keys : undefined);
}

function pathInto(path: string, shape: Shape<unknown>): string {
  return isList(shape) ? `${path}[]` : path;
}

function isList(shape: Shape<unknown>): boolean {
  return shape.item !== undefined && shape.values.startsWith('a list');
}

function shownDefault(fallback: unknown): string {
  if (fallback === undefined) return '';
  const text = JSON.stringify(fallback);
  return text.includes('{"') ? '' : `\`${text}\``;
}
