import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { schema } from '../../src/schema.js';
import { TestClock } from '../support/test-clock.js';
import { describeOnPostgres } from '../support/test-database.js';
import { AccountWorld, JANE, JOHN } from './account-world.js';

const RIVALS = 16;

/** Each test has a person of its own. */
const CHIEF = { domain: 'RCDEVSDOCS', login: 'administrator', password: 'password' };

describeOnPostgres('two processes', (database) => {
  let one: AccountWorld;
  let other: AccountWorld;

  beforeAll(async () => {
    const clock = new TestClock();
    one = await AccountWorld.start(database(), { clock });
    const { address } = database();
    const dataSource = await createDataSource({ address, schema, poolSize: 5, statementTimeout: 10_000 }).initialize();
    other = await AccountWorld.start({ ...database(), dataSource, database: new Database(dataSource) }, { clock });
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
  });

  const there = () => other.iam.app.url;

  it('end sessions for each other', async () => {
    const [here, gone] = [await one.signedIn(), await one.signedIn()];
    expect((await gone.at(there()).get('/account')).status).toBe(200);
    await here.press('/account', '/account/sessions/end-others');
    expect((await gone.at(there()).get('/account')).location).toBe('/account/login');
    expect((await here.at(there()).get('/account')).status).toBe(200);
  });

  it('prove for each other', async () => {
    await one.totp(JANE);
    const visitor = one.visitor();
    await visitor.logIn(JANE);
    expect((await visitor.at(there()).showCode(one.tokens.code())).location).toBe('/account');
    expect((await visitor.get('/account/password')).status).toBe(200);
  });

  it('attack 23: let one of many with the same code in', async () => {
    await one.totp(CHIEF);
    const code = one.tokens.code();
    const visitors = await Promise.all(
      Array.from({ length: RIVALS }, async (_, rival) => {
        const visitor = one.visitor(rival % 2 ? undefined : there());
        await visitor.logIn(CHIEF);
        return visitor;
      }),
    );
    const answers = await Promise.all(visitors.map((visitor) => visitor.showCode(code).catch(() => undefined)));
    expect(answers.filter((answer) => answer?.location === '/account').length).toBe(1);
  });

  it('attack 11: change a password once when the form is sent many times', async () => {
    const visitor = await one.signedIn();
    const { body } = await visitor.get('/account/password');
    const csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, rival) =>
        visitor
          .at(rival % 2 ? one.iam.app.url : there())
          .post('/account/password', { csrf, password: `Rival_pw-${rival}x`, repeated: `Rival_pw-${rival}x` }),
      ),
    );
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    // Whatever the order, one password is left, and it lets in.
    const right = [];
    for (let rival = 0; rival < 8; rival++) {
      const { status } = await one.visitor().logIn({ ...JOHN, password: `Rival_pw-${rival}x` });
      if (status === 303) right.push(rival);
      await one.query('DELETE FROM throttle_counters');
    }
    expect(right.length).toBe(1);
  });
});
