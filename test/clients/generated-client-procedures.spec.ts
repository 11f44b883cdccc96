import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { latchkey } from '../cli/command-harness.js';
import { freePort } from '../support/free-port.js';
import { LatchkeyProcess, TEST_MASTER_KEYS } from '../support/latchkey-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { cellsOf, DemoPerson } from './demo-person.js';
import { GeneratedAgent } from './generated-agent.js';

vi.setConfig({ hookTimeout: 300_000 });

const APPLICATIONS = `
  - { id: vault, name: vault, realm: demo, logonProcedure: { type: Web SSO, steps: [
      { name: password, authenticators: [SPASS] }, { name: second, authenticators: [EMCODE, QNA, GRIDGO] } ] } }
  - { id: bare, name: bare, realm: demo, logonProcedure: { type: Web SSO, steps: [
      { name: only, authenticators: [EMCODE, QNA] } ] } }
  - { id: screen, name: screen, realm: demo, logonProcedure: { type: Web SSO, steps: [
      { name: grid, authenticators: [GRIDGO], challengResponse: true } ] } }
  - { id: signing, name: signing, realm: demo, logonProcedure: { type: Web SSO, steps: [
      { name: response, authenticators: [OTP], challengResponse: true } ] } }
`;

const WORLD = DEMO_WORLD.replace('\nagents:', `${APPLICATIONS}\nagents:`).replace(
  'applications: [application 1, application 2]',
  'applications: [application 1, application 2, vault, bare, screen, signing]',
);

/** A token that answers challenges, with the key of RFC 6287, appendix C. */
const SEED_FILE = `serial,secret base32,type,suite,owner
70011852,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,OCRA,OCRA-1:HOTP-SHA1-6:QN08,RCDEVSDOCS\\${DemoPerson.LOGIN}
`;

const ANSWERS = ['Fontainebleau', 'Rue Haute 4', 'Minette', 'Lilac', 'Mme Weber'];
const USER = { loginName: DemoPerson.LOGIN };
const SPASS = { method: 'SPASS', password: DemoPerson.PASSWORD };

describe('a generated client at procedures of the configuration file', () => {
  let server: LatchkeyProcess;
  let agent: GeneratedAgent;
  let jane: DemoPerson;

  beforeAll(async () => {
    const folder = temporaryFolder('procedures');
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const config = file('latchkey.yaml', WORLD);
    const variables = {
      PORT: String(await freePort()),
      LATCHKEY_DATA_DIR: join(folder, 'data'),
      LATCHKEY_MASTER_KEYS: TEST_MASTER_KEYS,
    };
    for (const args of [
      ['apply', config],
      ['tokens', 'import', file('tokens.csv', SEED_FILE)],
    ]) {
      const { code, err } = await latchkey(args, variables);
      if (code !== 0) throw new Error(err);
    }
    server = await LatchkeyProcess.start({ ...variables, LATCHKEY_CONFIG: config });
    jane = new DemoPerson(server.url);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    agent = await GeneratedAgent.connect(server.url);
  });

  const present = (application: string, credential: object) =>
    agent.present({ application: { id: application }, user: USER, credential });
  const challenge = (token: object) =>
    agent.result<{ id: string; code: string }>('getChallengeCode', { user: USER, token });

  it('EMCODE: an emergency code beside the password, and not alone', async () => {
    const otp = await jane.ask<string>('OpenOTP.Emerg_Register', { maxuse: 2 });
    await expect(present('bare', { method: 'EMCODE', otp })).rejects.toThrow('232: ');
    expect(await present('vault', SPASS)).toBe(false);
    expect(await present('vault', { method: 'EMCODE', otp })).toBe(true);
  });

  it('QNA: answers beside the password, and not alone', async () => {
    const { browser, page } = await jane.enrol('questions');
    const question = (index: number) => `What is my own riddle ${index + 1}?`;
    const fields = ANSWERS.flatMap((answer, index) => [
      [`question-${index + 1}`, question(index)],
      [`answer-${index + 1}`, answer],
    ]);
    const done = await browser.submit(page, Object.fromEntries(fields) as Record<string, string>);
    expect(done.html).toContain('Set up: security questions');
    const { id, code } = await challenge({ 'product.method': 'Questions' });
    const { questions } = JSON.parse(code) as { questions: { id: string; question: string }[] };
    const answers = questions.map((asked) => ({
      id: asked.id,
      answer: ANSWERS.find((_, index) => question(index) === asked.question) ?? '',
    }));
    await expect(present('bare', { method: 'QNA', answers, cc: id })).rejects.toThrow('232: ');
    expect(await present('vault', SPASS)).toBe(false);
    expect(await present('vault', { method: 'QNA', answers, cc: id })).toBe(true);
  });

  it('GRIDGO: a path on a grid on screen, alone and beside the password', async () => {
    const { browser, page } = await jane.enrol('grid-go');
    const shown = await browser.submit(page, { path: 'RRDD5', again: 'RRDD5' });
    const passed = 'A1 B1 C1 C2 C3 D4'.split(' ');
    const walked = passed.map((label) => cellsOf(shown).get(label)).join('');
    expect((await browser.submit(shown, { code: walked })).html).toContain('Set up: path on a grid');
    const walk = async () => {
      const { id, code } = await challenge({ 'product.method': 'GridGo' });
      const { grid, indiecs } = JSON.parse(code) as { grid: string[]; indiecs: string };
      const symbols = passed.map((label) => grid[Number(label[1]) - 1]?.charAt(indiecs.indexOf(label.charAt(0))));
      return { method: 'GRIDGO', otp: symbols.join(''), cc: id };
    };
    expect(await present('screen', await walk())).toBe(true);
    expect(await present('vault', SPASS)).toBe(false);
    expect(await present('vault', await walk())).toBe(true);
  });

  it('OTP in a step with challenges: the response of a token (RFC 6287)', async () => {
    const steps = await agent.result<{ rows: { challengResponse: boolean }[] }>('getLogonSteps', {
      application: { id: 'signing' },
    });
    expect(steps.rows).toMatchObject([{ challengResponse: true }]);
    const { code } = await challenge({ serial: '70011852' });
    const otp = jane.respond(code);
    await expect(present('signing', { otp })).rejects.toThrow('303: ');
    expect(await present('signing', { otp, cc: code })).toBe(true);
    await expect(present('signing', { otp, cc: code })).rejects.toThrow('320: ');
  });
});
