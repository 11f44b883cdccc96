import { DomainError } from '../../errors/domain-error.js';
import type { Directory, DirectoryCapabilities } from '../directory.js';

/** What the directory can do besides. @throws DomainError `directory-unsupported` where it cannot */
export function capability<Name extends keyof DirectoryCapabilities>(
  directory: Directory,
  name: Name,
): NonNullable<Directory[Name]> {
  const found = directory[name];
  if (found === undefined) throw new DomainError('directory-unsupported', { params: { capability: name } });
  return found;
}
