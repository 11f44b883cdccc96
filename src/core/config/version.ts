import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of this server, as its package says; undefined where the package file was taken away. */
export function serverVersion(): string | undefined {
  const path = findPackageJSON('.', import.meta.url);
  if (path === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
  return typeof version === 'string' ? version : undefined;
}
