import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { newSeed, seedText } from '../../../src/tokens/oath/seed.js';
import { TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { FixedRandom } from '../../support/fixed-random.js';
import type { SeenPage } from '../../support/browserless.js';
import { dnOf } from '../../help-desk/contract/desk.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { type AuditRow, World } from '../../pwreset/contract/world.js';
import { enrolmentLink, formTo, pageOf, pastLogin } from './enrolling.js';

const TYPED = '000000';

describe('section 13: the audit of enrolments', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  async function refusals(act: () => Promise<SeenPage>): Promise<AuditRow[]> {
    const after = await world.lastAuditId();
    expect((await act()).status).toBe(422);
    return world.audit({ event: 'authenticator.refused', after });
  }

  it.each([
    ['token', 'OTP', {}],
    ['otp-list', 'OTP', { size: '50' }],
    ['grid-card', 'GRID', {}],
    ['grid-go', 'GRIDGO', { path: 'RRDD5', again: 'RRDD5' }],
  ])('a wrong first code leaves a row, and the code is not in it: %s', async (name, authenticator, begin) => {
    const { browser } = await pastLogin(world, await enrolmentLink(world, person));
    const page = await browser.get(pageOf(name));
    const begun = page.html.includes(`action="${pageOf(name)}/code"`) ? page : await browser.submit(page, begin);
    const rows = await refusals(() => browser.submit(formTo(begun, `${pageOf(name)}/code`), { code: TYPED }));
    expect(rows).toMatchObject([
      {
        outcome: 'refused',
        code: 'passcode-wrong',
        actor: 'person',
        domain: 'ACME',
        target: dnOf(person),
        request_id: expect.any(String) as string,
        detail: { authenticator, reason: 'registration', serial: expect.any(String) as string },
      },
    ]);
    expect(JSON.stringify(rows[0]?.detail)).not.toContain(TYPED);
  });

  it('so does a claim of a token in stock, whether there is one or not', async () => {
    const { manager } = world.app.get(Database);
    await world.app.get(TokenStore).create(manager, {
      serial: 'HW-1',
      kind: 'TOTP',
      product: 'RC/HW',
      secretSealed: world.app.get(KeyRing).seal(seedText(newSeed(new FixedRandom(), 'SHA1')), TOKEN_SECRET),
      state: { hash: 'SHA1', digits: 6, period: 30 },
    });
    const { browser } = await pastLogin(world, await enrolmentLink(world, person, { item: 'Token1' }));
    const page = await browser.get(pageOf('token/hardware'));
    for (const serial of ['HW-1', 'HW-none']) {
      const rows = await refusals(() => browser.submit(page, { serial, code: TYPED }));
      expect(rows).toMatchObject([{ code: 'passcode-wrong', detail: { serial, reason: 'registration' } }]);
    }
  });
});
