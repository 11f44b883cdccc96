import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { documentedCode } from './documented.js';

const PAGE = 'docs/auth-methods.md';
const SECTION = 'A client from the API document';

/** Where the page has the API document. */
const INPUT = "'http://127.0.0.1:8080/openapi.json'";

/** As an integrator might have it who takes every strictness that generated code stands. */
const COMPILER = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  outDir: 'built',
  rootDir: '.',
};

interface ApiDocument {
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
}

interface Operation {
  readonly operationId: string;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

interface Body {
  readonly content: Readonly<Record<string, { readonly examples?: Readonly<Record<string, { value: unknown }>> }>>;
}

/**
 * Makes a client of `openapi.json` as the documentation says, and compiles it together with the documented program
 * (`agent.js`) and one that calls every authentication method (`every-method.js`).
 *
 * @param folder an empty one; the compiled code is in `built` then
 * @returns what the compiler complains of; empty when it does not
 */
export async function generateClient(folder: string): Promise<string> {
  const code = documentedCode(PAGE, SECTION);
  const textOf = (language: string) => code.find((block) => block.language === language)?.text ?? '';
  const document = resolve('openapi.json');
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('package.json', '{ "type": "module" }');
  write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER, include: ['*.ts', 'client'] }));
  write('openapi-ts.config.js', textOf('js').replace(INPUT, JSON.stringify(document)));
  write('agent.ts', textOf('ts'));
  write('every-method.ts', everyMethod(JSON.parse(readFileSync(document, 'utf8')) as ApiDocument));
  const generated = await run(folder, '@hey-api/openapi-ts/bin/run.js', '--no-log-file');
  if (generated.code !== 0) throw new Error(generated.output);
  const { output } = await run(folder, 'typescript/bin/tsc', '-p', '.', '--pretty', 'false');
  return output;
}

/** A program that makes every call of an authentication method that the document has an example of. */
function everyMethod({ paths }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, { post }]) =>
    post && /^\/(auth|das5\/rest)\//.test(path) ? [{ path, ...post }] : [],
  );
  const calls = operations.flatMap(({ path, operationId, requestBody }) => {
    const bodies = examples(requestBody);
    return (bodies.length > 0 ? bodies : [{ grant_type: 'client_credentials' }]).map(
      (body) => `  [${JSON.stringify(path)}, (client) => api.${nameOf(operationId)}({ client, body: ${text(body)} })],`,
    );
  });
  const answers = operations.flatMap(({ operationId, responses }) =>
    examples(responses['200']).map(
      (answer) => `  ${text(answer)} satisfies Answer<typeof api.${nameOf(operationId)}>,`,
    ),
  );
  return [
    "import type { Client } from './client/client/index.js';",
    "import * as api from './client/index.js';",
    'type Reply = { data?: unknown; error?: unknown; response?: Response };',
    'type Answer<Call extends (options: never) => Promise<Reply>> = NonNullable<Awaited<ReturnType<Call>>["data"]>;',
    'export const calls: [path: string, call: (client: Client) => Promise<Reply>][] = [',
    ...calls,
    '];',
    'export const answers = [',
    ...answers,
    '];',
  ].join('\n');
}

function examples(body: Body | undefined): unknown[] {
  return Object.values(body?.content['application/json']?.examples ?? {}).map(({ value }) => value);
}

/** The name that the generator gives an operation: `auth_sendOTP` becomes `authSendOtp`. */
export function nameOf(operationId: string): string {
  const words = operationId.replaceAll(/([a-z])([A-Z]+)/g, '$1_$2').split('_');
  const [first = '', ...others] = words.map((word) => word.toLowerCase());
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

/** Runs a program of node_modules in a folder. */
function run(cwd: string, program: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const options = { cwd, env: { PATH: process.env['PATH'], HOME: cwd }, encoding: 'utf8', maxBuffer: 2 ** 24 } as const;
  return new Promise((done) => {
    execFile(process.execPath, [resolve('node_modules', program), ...args], options, (error, stdout, stderr) => {
      done({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
}
