import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnPostgres, eachDatabase } from '../../support/test-database.js';
import { type ApiReply, DOMAIN, RECEIPT, RequestsWorld } from '../requests-world.js';

const ENDPOINT = '/api/users/username/username1';
const NEWCOMER = 'new.comer@example.test';
const call = (form: Record<string, string> = {}) =>
  ({ as: 'domainAdmin', form: { endpoint: ENDPOINT, ...form } }) as const;
const refusal = ({ status, text }: ApiReply): [number, string] => [status, text];
const json = (error: string): string => JSON.stringify({ error });

eachDatabase((database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  beforeEach(async () => {
    await world.begin();
    await world.house.set('custom_request_endpoints', [ENDPOINT]);
  });
  afterAll(() => world?.stop());

  const accountState = async (login: string): Promise<string> => (await world.person(login)).account.state;

  it('is refused as long as no endpoint is allowed', async () => {
    await world.house.set('custom_request_endpoints', []);
    expect(refusal(await world.ask('CUSTOM', 'username1', call()))).toEqual([400, json('endpoint not allowed')]);
  });

  it('runs what is on the list, to the letter, and nothing else', async () => {
    const others = [
      '/api/users',
      `${ENDPOINT}/`,
      `${ENDPOINT}?x=1`,
      `https://evil.test${ENDPOINT}`,
      `//evil.test${ENDPOINT}`,
      `/api/../api/users/username/username1`,
      ENDPOINT.toUpperCase(),
      `${ENDPOINT}%00`,
    ];
    for (const endpoint of others) {
      expect(refusal(await world.ask('CUSTOM', 'username1', call({ endpoint })))).toEqual([
        400,
        json('endpoint not allowed'),
      ]);
    }
    expect(refusal(await world.ask('CUSTOM', 'username1', call({ endpoint: '' })))).toEqual([
      400,
      json('endpoint: missing'),
    ]);
  });

  it('keeps its parameters, written either way', async () => {
    const written = {
      'a=1&b=%20two&a=3': [
        ['a', '1'],
        ['b', ' two'],
        ['a', '3'],
      ],
      '{"a":"1","n":2,"yes":true}': [
        ['a', '1'],
        ['n', '2'],
        ['yes', 'true'],
      ],
      '': [],
    };
    for (const [parameters, pairs] of Object.entries(written)) {
      const { number } = await world.given('CUSTOM', 'username1', call({ parameters }));
      expect((await world.row(number))['payload']).toEqual({
        type: 'CUSTOM',
        anonymous: false,
        withPin: true,
        endpoint: ENDPOINT,
        parameters: pairs,
      });
    }
  });

  it('attack 63: takes no parameters that could be read in two ways, and no more than 8 KiB', async () => {
    const bad = [
      '{',
      '[1]',
      '{"a":{}}',
      '{"a":null}',
      '{"a":[1]}',
      '{"a":"\\u0000"}',
      'a=%',
      'a=%00',
      'a=%FF',
      '{"a":"\\ud800"}',
    ];
    for (const parameters of bad)
      expect((await world.ask('CUSTOM', 'username1', call({ parameters }))).status).toBe(400);
    const long = (bytes: number) => call({ parameters: `a=${'x'.repeat(bytes - 2)}` });
    expect((await world.ask('CUSTOM', 'username1', long(8_192))).status).toBe(200);
    expect(refusal(await world.ask('CUSTOM', 'username1', long(8_193)))).toEqual([400, json('parameters: too long')]);
  });

  it('always sends a PIN, whatever the call says', async () => {
    const { number } = await world.given('CUSTOM', 'username1', call({ requestPin: 'false' }));
    expect(await world.pinTo('username1@example.test')).toMatch(/^\d{6}$/);
    const row = await world.row(number);
    expect(row).toMatchObject({ receipt_opens: true, pin_attempt_limit: 5, state: 'sent' });
    expect((Number(row['expires_at']) - Number(row['created_at'])) / 1_000).toBe(900);
  });

  it('makes the person who does not exist: login and email from the path, no roles, inactive', async () => {
    const { number } = await world.given('CUSTOM', NEWCOMER, call());
    const { person, account } = await world.person(NEWCOMER);
    expect([person.login, person.mail, account.state]).toEqual([NEWCOMER, NEWCOMER, 'deactivated']);
    expect(await world.pinTo(NEWCOMER)).toMatch(/^\d{6}$/);
    expect(await world.row(number)).toMatchObject({ account_login: NEWCOMER, payload: { activates: true } });
    expect(await database().database.query('SELECT 1 FROM administrators WHERE login = $1', [NEWCOMER])).toEqual([]);
  });

  it('asks again for a person who is waiting for the PIN, and for nobody who was switched off', async () => {
    await world.given('CUSTOM', NEWCOMER, call());
    const { number } = await world.given('CUSTOM', NEWCOMER, call());
    expect(await world.row(number)).toMatchObject({ payload: { activates: true } });
    expect(await accountState(NEWCOMER)).toBe('deactivated');
    expect(refusal(await world.ask('CUSTOM', 'idle1', call()))).toEqual([400, json('user is not active')]);
    await database().database.query(`UPDATE one_time_requests SET state = 'cancelled', end_reason = 'account-closed'`);
    expect(refusal(await world.ask('CUSTOM', NEWCOMER, call()))).toEqual([400, json('user is not active')]);
  });

  it('makes nobody whose address is no address, or somebody’s', async () => {
    for (const name of ['stranger', 'a@b', 'two@@example.test', '"q"@example.test', `${'x'.repeat(65)}@example.test`]) {
      expect(refusal(await world.ask('CUSTOM', name, call()))).toEqual([404, json('user not found')]);
    }
    const { number } = await world.given('CUSTOM', 'username1@example.test', call());
    expect((await world.row(number))['account_login']).toBe('username1');
  });

  it('attack 65: makes nobody who would get a role by the name', async () => {
    await database().database.query(
      `INSERT INTO administrators (domain_id, login_key, login, role) VALUES ($1, $2, $2, 'global-admin')`,
      [(await world.house.domain(DOMAIN)).id, NEWCOMER],
    );
    expect((await world.ask('CUSTOM', NEWCOMER, call())).status).toBe(403);
    await expect(world.person(NEWCOMER)).rejects.toThrow('account-not-found');
  });

  it('attack 65: is not for user managers, nor about people with a role', async () => {
    expect((await world.ask('CUSTOM', 'username1', { ...call(), as: 'userManager' })).status).toBe(403);
    expect((await world.ask('CUSTOM', 'helper1', call())).status).toBe(403);
  });
});

describeOnPostgres('many at once', (database) => {
  it('make the person once, and leave one request alive', async () => {
    const world = await RequestsWorld.start(database());
    await world.house.set('custom_request_endpoints', [ENDPOINT]);
    const answers = await Promise.all(Array.from({ length: 16 }, () => world.ask('CUSTOM', NEWCOMER, call())));
    expect(answers.map(({ text }) => RECEIPT.test(text))).toEqual(answers.map(() => true));
    const people = await database().database.query('SELECT 1 FROM builtin_people WHERE login = $1', [NEWCOMER]);
    expect(people).toHaveLength(1);
    const alive = (await world.rows()).filter((row) => row['ended_at'] === null);
    expect(alive).toHaveLength(1);
    expect((await world.person(NEWCOMER)).account.state).toBe('deactivated');
    await world.stop();
  });
});
