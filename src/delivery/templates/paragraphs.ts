import { ESSENTIAL_VARIABLES, substitute, variablesIn, type Variable } from './template.js';
import type { Values } from './values.js';

/** Lines of text, each still a template. */
export type Paragraph = readonly string[];

/**
 * A template's paragraphs without the lines that would have a hole: a line that names a variable without a value is
 * left out, a paragraph without lines too. A line with an essential variable always stays.
 */
export function paragraphsOf(template: string, values: Values): Paragraph[] {
  return template
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').filter((line) => isWhole(line, values)))
    .filter((lines) => lines.length > 0);
}

/** Whether this paragraph is the link and nothing else, which makes it the button. */
export function isButton(paragraph: Paragraph): boolean {
  return paragraph.length === 1 && paragraph[0]?.trim() === '%LINK%';
}

/** Whether this paragraph is a code to be typed and nothing else. */
export function isCode(paragraph: Paragraph): boolean {
  return paragraph.length === 1 && /^%(?:PASSCODE|PIN)%$/.test(paragraph[0]?.trim() ?? '');
}

export function filled(line: string, values: Values): string {
  return substitute(line, (variable) => valueOf(variable, values)).trimEnd();
}

/** A variable's value; a word between per-cent signs that is no variable stays as it was written. */
export function valueOf(variable: string, values: Values): string {
  return (values as Partial<Record<string, string>>)[variable] ?? `%${variable}%`;
}

function isWhole(line: string, values: Values): boolean {
  const variables = variablesIn(line);
  return (
    ESSENTIAL_VARIABLES.some((essential) => variables.includes(essential)) ||
    variables.every((variable) => values[variable as Variable] !== '')
  );
}
