import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const RULE = 'house/secrets-compared-in-constant-time';
const PLUGIN = resolve('scripts/lint/house-rules.mjs');

/** Runs this one rule, whatever the project's own configuration says, and gives the places it reports. */
function compared(...paths: string[]): string[] {
  const config = join(temporaryFolder('lint'), 'oxlintrc.json');
  writeFileSync(config, JSON.stringify({ jsPlugins: [PLUGIN], categories: {}, rules: { [RULE]: 'error' } }));
  try {
    execFileSync(
      process.execPath,
      ['node_modules/oxlint/bin/oxlint', '-c', config, '-f', 'unix', '-A', 'correctness', ...paths],
      {
        encoding: 'utf8',
      },
    );
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout.split('\n').filter((line) => line.includes('equalSecrets'));
  }
}

describe('attack 61: secrets are compared in constant time', () => {
  let folder: string;
  const judge = (code: string): number => {
    const file = join(folder, 'sample.ts');
    writeFileSync(file, code);
    return compared(file).length;
  };

  beforeAll(() => {
    folder = temporaryFolder('samples');
  });

  it.each([
    'export const same = (a: string, token: string) => a === token;',
    'export const same = (row: { linkDigest: string }, b: string) => b !== row.linkDigest;',
    'export const same = (a: { password?: string }, b: string) => a?.password == b;',
    'export const same = (a: Record<string, string>, b: string) => a["csrf"] != b;',
    'export const same = (a: { pin: string }, b: string) => a.pin! === b;',
  ])('the rule reports %s', (code) => expect(judge(code)).toBe(1));

  it.each([
    'export const absent = (token: string | undefined) => token === undefined;',
    "export const empty = (password: string) => password === '';",
    'export const same = (a: number, b: number) => a === b;',
  ])('the rule leaves alone %s', (code) => expect(judge(code)).toBe(0));

  it('no source does otherwise', () => expect(compared('src', 'migrations')).toEqual([]));

  it('the rule is on for all sources, without exception', () => {
    const { overrides } = JSON.parse(readFileSync('.oxlintrc.json', 'utf8')) as {
      overrides: { files: string[]; rules: Record<string, string> }[];
    };
    const settings = overrides.filter(({ rules }) => rules[RULE] !== undefined);
    expect(settings.filter(({ rules }) => rules[RULE] === 'error').map(({ files }) => files)).toEqual([['src/**']]);
    const off = settings.filter(({ rules }) => rules[RULE] !== 'error').flatMap(({ files }) => files);
    expect(off.filter((pattern) => !pattern.includes('.spec.'))).toEqual([]);
  });

  it('no source switches a rule off for a line', () => {
    const sources = globSync('src/**/*.{ts,tsx,js}');
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((path) => /(?:oxlint|eslint)-disable/.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
