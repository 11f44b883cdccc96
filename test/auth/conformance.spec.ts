import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthPeople } from '../../src/auth/people/auth-people.js';
import { RIVALS, tally } from '../support/token-world.js';
import { Authenticators } from './authenticators.js';
import { worldOfSuite } from './world-of-suite.js';

const USER = { loginName: 'jane' };
const FILES = { name: 'files' };

/** Section 4.14: base64 of SHA-1 of the code, as clients compute it. */
const hashOf = (code: string) => createHash('sha1').update(code, 'utf8').digest('base64');

describe('section 6.13: the checklist', () => {
  const world = worldOfSuite({
    steps: [{ name: 'response', authenticators: ['OTP', 'GRIDGO'], challengResponse: true }],
    policies: [{ name: 'patient', category: 'lockout', options: { maxFailures: '100', growingDelay: 'false' } }],
  });
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const call = (method: string, body: object) => world().call(method, body);
  const code = (method: string, body: object) => world().code(method, body);

  /** A request as it goes over the wire. */
  async function raw(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
    const { port } = world().app.getHttpServer().address() as { port: number };
    const authorization = `Bearer ${await world().bearer('vpn')}`;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string> | undefined) },
    });
    return { status: response.status, body: await response.json() };
  }

  async function challenge(token: object): Promise<{ code: string; id: string }> {
    const { error, result } = await call('getChallengeCode', { user: USER, token });
    expect(error).toBe(0);
    return result as { code: string; id: string };
  }

  it('1: every body is an envelope, also at 401, 404, 405 and 500', async () => {
    const envelope = (error: number, severity = 'ERROR') => ({
      error,
      severity,
      message: expect.stringMatching(/./) as string,
    });
    for (const base of ['/auth/', '/das5/rest/auth/', '/das5/rest//auth/']) {
      expect(await raw(`${base}listApplications`)).toMatchObject({ status: 200, body: { error: 0 } });
      expect(await raw(`${base}listApplications`, { headers: { authorization: 'Bearer none' } })).toEqual({
        status: 401,
        body: envelope(120),
      });
      expect(await raw(`${base}generate`)).toEqual({ status: 404, body: envelope(103) });
      expect(await raw(`${base}logon`, { method: 'PUT' })).toEqual({ status: 405, body: envelope(104) });
      expect(await raw(`${base}logon`, { body: '{' })).toEqual({ status: 400, body: envelope(100) });
      vi.spyOn(world().get(AuthPeople), 'find').mockRejectedValueOnce(new Error('a fault'));
      expect(await raw(`${base}listTokens`, { body: JSON.stringify({ user: USER }) })).toEqual({
        status: 500,
        body: envelope(1, 'FATAL'),
      });
    }
  });

  it('2: JSON is read from a POST of text/plain', async () => {
    const body = Buffer.from('{"return":["name"],"match":[["name","=","mail"]]}', 'latin1');
    const answer = await raw('/das5/rest/auth/listApplications', {
      headers: { 'content-type': 'text/plain; charset=ISO-8859-1' },
      body,
    });
    expect(answer).toEqual({ status: 200, body: { error: 0, result: { total: 1, rows: [{ name: 'mail' }] } } });
  });

  it('3: `step` starts at 1', async () => {
    const codes = async (step: number) => {
      const { error, result } = await call('listAuthenticators', { application: { name: 'mail' }, step });
      return error === 0 ? (result as { rows: { code: string }[] }).rows.map((row) => row.code) : error;
    };
    expect(await codes(1)).toEqual(['SPASS']);
    expect(await codes(2)).toContain('OTP');
    expect([await codes(0), await codes(3)]).toEqual([231, 231]);
  });

  it('4: `syncToken.credential` is a string', async () => {
    const { token } = await give.totp();
    const codes = [world().tokens.code(40), world().tokens.code(41)];
    const body = { user: USER, token: { serial: token.serial } };
    expect(await code('syncToken', { ...body, credential: codes })).toBe(102);
    expect(await call('syncToken', { ...body, credential: codes.join(',') })).toMatchObject({ status: 200, error: 0 });
  });

  it('5: getPolicy and getChallengeCode answer one object, not a list', async () => {
    await give.ocra();
    const policy = await call('getPolicy', { category: { name: 'lockout' } });
    expect(policy.result).toMatchObject({ name: 'patient', options: { maxFailures: '100' } });
    const asked = await call('getChallengeCode', { user: USER });
    expect(asked.result).toMatchObject({ code: expect.stringMatching(/^\d{8}$/) as string });
    for (const { result } of [policy, asked]) {
      expect(result).not.toHaveProperty('rows');
      expect(result).not.toHaveProperty('total');
    }
  });

  it('6: the `code` of a GridGo challenge is a string that parses as JSON with `indiecs`', async () => {
    await give.gridGo('1364');
    const { code } = await challenge({ 'product.method': 'GridGo' });
    expect(code).toBeTypeOf('string');
    expect(JSON.parse(code)).toEqual({
      grid: Array.from({ length: 10 }, () => expect.stringMatching(/^[0-9abcdefghjkmnprstuvwxyz]{22}$/) as string),
      rows: 10,
      cols: 22,
      indiecs: 'ABCDEFGHJKMNPRSTUVWXYZ',
    });
  });

  it('7: `challengResponse` is spelt so, in requests and answers', async () => {
    const { result } = await call('getLogonSteps', {
      application: FILES,
      return: ['challengResponse', 'challengeResponse'],
    });
    expect(result).toEqual({ total: 1, rows: [{ challengResponse: true }] });
    const byDefault = await call('getLogonSteps', { application: FILES });
    expect(byDefault.result).toMatchObject({ rows: [{ challengResponse: true }] });
    expect(await code('logon', { application: FILES, user: USER, credential: { otp: '123456' } })).toBe(303);
  });

  it('8: a dotted item of `return` gives a flat key, an object a nested one', async () => {
    const { token } = await give.totp({ serial: '70011852' });
    const of = async (item: unknown) => (await call('listTokenAssignments', { user: USER, return: [item] })).result;
    expect(await of('token.serial')).toEqual({ total: 1, rows: [{ 'token.serial': token.serial }] });
    expect(await of({ token: ['id', 'serial'] })).toEqual({
      total: 1,
      rows: [{ token: { id: token.id, serial: token.serial } }],
    });
  });

  it('9: a domain outside the agent’s realm gives 242, with this message and severity', async () => {
    for (const method of ['listTokens', 'getLogonSteps', 'listTokenAssignments', 'verify']) {
      const user = { loginName: 'mary', 'domain.name': 'ELSEWHERE' };
      const { status, error, message, severity } = await call(method, {
        user,
        application: FILES,
        credential: { otp: '123456' },
      });
      expect({ status, error, message, severity }).toEqual({
        status: 200,
        error: 242,
        message: 'The requested domain is not defined in the realm',
        severity: 'ERROR',
      });
    }
  });

  it('10: attack 23: the same OTP twice is 302 the second time, also of fifty at once', async () => {
    await give.totp();
    const verify = (otp: string) => code('verify', { user: USER, credential: { otp } });
    const first = world().tokens.code();
    expect([await verify(first), await verify(first)]).toEqual([0, 302]);
    const next = world().tokens.code(1);
    const outcomes = await Promise.all(RIVALS.map(() => verify(next)));
    expect(tally(outcomes.map(String))).toEqual({ 0: 1, 302: RIVALS.length - 1 });
  });

  it('11: `acHash` is as in section 4.14', async () => {
    expect(hashOf('739164')).toBe('gbbncKqwtAvyX0TkBapdfag2qzI=');
    const { token } = await give.totp({}, { status: 'INACTIVE' });
    const named = { user: USER, token: { serial: token.serial } };
    expect(await code('sendActivationCode', named)).toBe(0);
    const [message] = await world().delivered();
    const sent = /^\d{6}$/m.exec(message?.text ?? '')?.[0] ?? '';
    expect(await code('activateTokenAssignment', { ...named, acHash: hashOf(`${sent}0`) })).toBe(350);
    expect(await code('activateTokenAssignment', { ...named, acHash: hashOf(sent) })).toBe(0);
  });

  it('12: attack 42: secrets are out of reach of any `return`', async () => {
    const { token } = await give.totp();
    await give.gridGo('1364');
    await give.ocra();
    const told: unknown[] = [];
    for (const method of ['listTokens', 'listTokenAssignments', 'getChallengeCode', 'getPolicy', 'listSiteStamps']) {
      const body = { user: USER, category: { name: 'GridGo' } };
      for (const name of ['password', 'pin', 'seed', 'counter', 'history', 'activationCode']) {
        for (const item of [name, `token.${name}`, { token: [name] }, { tokenAssignments: [{ token: [name] }] }]) {
          expect([method, item, await code(method, { ...body, return: [item] })]).toEqual([method, item, 106]);
        }
      }
      told.push((await call(method, { ...body, return: ['*', { token: ['*'] }, { user: ['*'] }] })).result);
    }
    const text = JSON.stringify(told);
    expect(text).toContain(token.serial);
    expect(text).not.toMatch(/12345678901234567890|MTIzNDU2Nzg5MDEyMzQ1Njc4OTA|gezdgnbvgy3tqojq/i);
    expect(text).not.toMatch(/"(\w+\.)?(password|pin|seed|secret\w*|counter|drift|history|defaultPath)"/i);
    expect(text).not.toContain('"1364"');
  });

  describe('13: the vectors of section 6, over HTTP', () => {
    const verify = (credential: object) => code('verify', { user: USER, credential });

    it('RFC 4226: counters 0 to 3', async () => {
      const { account } = await world().person();
      await world().tokens.hotp(account);
      const codes = [];
      for (const otp of ['755224', '287082', '359152', '969429']) codes.push(await verify({ otp }));
      expect(codes).toEqual([0, 0, 0, 0]);
    });

    it('RFC 6238: 94287082 in the first time step', async () => {
      const { token } = await give.totp({ state: { hash: 'SHA1', digits: 8, period: 30 } });
      // By a clock that is so far behind: in its time it is 59 seconds after the epoch.
      const behind = 1 - Math.floor(world().clock.now().getTime() / 30_000);
      await world().database.query('UPDATE tokens SET drift = $2 WHERE id = $1', [token.id, behind]);
      expect(await verify({ otp: '94287081' })).toBe(300);
      expect(await verify({ otp: '94287082' })).toBe(0);
    });

    it.each([
      ['00000000', '237653'],
      ['11111111', '243178'],
      ['22222222', '653583'],
      ['40715926', '675414'],
    ])('OCRA-1:HOTP-SHA1-6:QN08: %s is answered with %s', async (cc, otp) => {
      await world().apply({
        policies: [{ name: 'signing', category: 'challengeCode', options: { allowClientChallenge: 'true' } }],
      });
      const { token } = await give.ocra();
      const named = { user: USER, token: { serial: token.serial } };
      expect(await code('verifyResponse', { ...named, credential: { cc, otp } })).toBe(0);
      expect(await code('verifyResponse', { ...named, credential: { cc, otp } })).not.toBe(0);
    });

    it('grids: cells of a card, and paths', async () => {
      const small = '{"grid":["k4t9wa","3mrx7c","v0pz2h","8dnj6e"],"rows":4,"cols":6,"indiecs":"ABCDEF"}';
      const shown = (text: string) => world().database.query('UPDATE token_challenges SET code = $1', [text]);
      const respond = (credential: object) => code('verifyResponse', { user: USER, credential });
      await give.gridCard();
      const cells = await challenge({ 'product.method': 'GridCard' });
      await shown('D2 A4 F1 B3');
      expect(await respond({ cc: cells.id, otp: 'x8a0' })).toBe(0);
      const { token } = await give.gridGo('1364');
      const path = await challenge({ serial: token.serial });
      await shown(small);
      expect(await respond({ cc: path.id, otp: '0rxz6' })).toBe(0);
    });
  });
});
