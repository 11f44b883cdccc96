import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../configuration-error.js';
import { checkReferences } from './check-references.js';
import { type ConfigurationFile, configurationFile } from './configuration-file.js';
import { FileProblems } from './file-problems.js';
import { parseYaml } from './parse-yaml.js';
import type { Variables } from './substitute-variables.js';

/** A configuration file that was read, with the folder that its relative paths start from. */
export interface ReadConfiguration {
  readonly file: ConfigurationFile;
  readonly folder: string;
}

/**
 * Reads and checks a configuration file.
 *
 * @param variables where `${NAME}` is looked up
 * @throws ConfigurationError naming every problem as `file:line: path.to.key`, never a value
 */
export async function readConfigurationFile(path: string, variables: Variables): Promise<ReadConfiguration> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError([{ where: path, problem: `cannot be read (${error.code ?? 'unknown reason'})` }]);
  });
  return { file: readConfiguration(decode(bytes, path), path, variables), folder: dirname(resolve(path)) };
}

/**
 * Checks the text of a configuration file.
 *
 * @param fileName how the file is called in refusals
 * @throws ConfigurationError as {@link readConfigurationFile}
 */
export function readConfiguration(text: string, fileName: string, variables: Variables): ConfigurationFile {
  const problems = new FileProblems(fileName);
  const top = parseYaml(text, variables, problems);
  const file = top && configurationFile.read(top, problems);
  if (top && file) checkReferences(file, top, problems);
  problems.throwIfAny();
  if (!file) throw new Error('a configuration without problems was not read');
  return file;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError([{ where: path, problem: 'is not UTF-8 text' }]);
  }
}
