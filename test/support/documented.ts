import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A piece of code in the documentation. */
export interface DocumentedCode {
  readonly language: string;
  readonly text: string;
}

/**
 * What a section of a page shows as code, in order.
 *
 * @param page path of the file, from the root of the project
 * @throws Error when the section is not there or shows no code
 */
export function documentedCode(page: string, title: string): DocumentedCode[] {
  const text = readFileSync(resolve(import.meta.dirname, '../..', page), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  const code = [...(section ?? '').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
  if (code.length === 0) throw new Error(`${page} shows no code under "${title}"`);
  return code;
}
