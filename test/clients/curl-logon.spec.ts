import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { documentedCode } from '../support/documented.js';
import { run } from './run-sample.js';

// The server is built when no spec file has asked for it before.
vi.setConfig({ hookTimeout: 300_000 });

const PAGE = 'docs/auth-methods.md';
const TITLE = 'A two-step logon with curl';
/** Where the page has the demo world. */
const SERVER = 'http://127.0.0.1:8080';

/** Lines of JSON. */
const answers = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

describeWith(['curl', 'oathtool'], 'a two-step logon with curl, as documented', () => {
  let server: LatchkeyProcess;

  beforeAll(async () => {
    server = await LatchkeyProcess.start();
  });
  afterAll(() => server.stop());

  it('gets the answers that the page shows from the commands that it shows', async () => {
    const code = documentedCode(PAGE, TITLE);
    const textOf = (language: string) =>
      code
        .filter((block) => block.language === language)
        .map(({ text }) => text)
        .join('');
    const commands = textOf('sh');
    expect(commands).toContain(`server=${SERVER}\n`);
    const { stdout, stderr, code: ended } = await run('/bin/sh', '-ec', commands.replaceAll(SERVER, server.url));
    expect([ended, stderr]).toEqual([0, '']);
    expect(answers(stdout)).toEqual(answers(textOf('json')));
    expect(answers(stdout)).toHaveLength(8);
  });

  it('takes the first step with the commands of the start page', async () => {
    const [commands, answer] = documentedCode('README.md', 'The first logon');
    const [getToken = '', logon = ''] = (commands?.text.replaceAll(SERVER, server.url) ?? '').split(/^(?=curl -c)/m);
    const sh = async (command: string) =>
      JSON.parse((await run('/bin/sh', '-ec', `cd "$(mktemp -d)"; ${command}`)).stdout) as unknown;
    const { access_token: token } = (await sh(getToken)) as { access_token: string };
    expect(logon).toContain('<access_token>');
    expect(await sh(logon.replace('<access_token>', token))).toEqual(JSON.parse(answer?.text ?? ''));
  });
});
