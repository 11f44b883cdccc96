import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import type { EnrolmentHolder } from '../../src/tokens/enrolment/enrolment-holder.js';
import { cellAt } from '../../src/tokens/grid/geometry.js';
import { type Grid, gridText, symbolAt } from '../../src/tokens/grid/grid.js';
import { EmergencyCodes } from '../../src/tokens/kinds/emergency-code/emergency-codes.js';
import { FidoRegistrations } from '../../src/tokens/kinds/fido/fido-registrations.js';
import { sealOcraSecret } from '../../src/tokens/kinds/ocra/ocra-secret.js';
import { OtpListEnrolment } from '../../src/tokens/kinds/otp-list/otp-list-enrolment.js';
import { OtpLists } from '../../src/tokens/kinds/otp-list/otp-lists.js';
import { PinCodes } from '../../src/tokens/kinds/pin-code/pin-codes.js';
import { SecurityQuestions } from '../../src/tokens/kinds/questions/security-questions.js';
import { DEFAULT_OCRA_SUITE } from '../../src/tokens/oath/ocra-suite.js';
import type { Seed } from '../../src/tokens/oath/seed.js';
import type { HeldToken, NewAssignment, NewToken } from '../../src/tokens/token-store.js';
import { TOKEN_SECRET } from '../../src/tokens/token-secrets.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { SoftwarePushDevice } from '../support/software-push-device.js';
import { type AuthWorld, JANE } from './auth-world.js';

/** The key of the RFCs. */
const SEED = Buffer.from('12345678901234567890') as unknown as Seed;

/** The 6x4 grid of authentication methods, section 4.17. */
export const SMALL_GRID: Grid = {
  rows: 4,
  cols: 6,
  lines: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'].map((line) => plainSecret(line)),
};

export const ANSWERS: Readonly<Record<string, string>> = {
  'Where did you grow up?': 'Clervaux',
  'What was your first pet called?': 'Minou le Grand',
  'Which teacher did you like best?': 'Frau Weber',
  'What was your first car?': 'Renault 4',
  'Where did you first work?': 'Harbour Bakery',
};

/** Gives people of a world authenticators of every kind. */
export class Authenticators {
  constructor(private readonly world: AuthWorld) {}

  async holder(login = JANE): Promise<EnrolmentHolder> {
    return { found: await this.world.person(login), requestId: undefined, context: { actor: 'system' } };
  }

  async totp(fields: Partial<NewToken> = {}, held: Partial<NewAssignment> = {}, login = JANE): Promise<HeldToken> {
    return this.world.tokens.totp((await this.world.person(login)).account, fields, held);
  }

  /** Answers every challenge as section 6.5 has it. */
  async ocra(fields: Partial<NewToken> = {}, ...whose: readonly string[]): Promise<HeldToken> {
    const secretSealed = sealOcraSecret(this.world.get(KeyRing), { seed: SEED });
    const { account } = await this.world.person(...whose);
    return this.world.tokens.give(account, {
      kind: 'OCRA',
      secretSealed,
      state: { suite: DEFAULT_OCRA_SUITE },
      ...fields,
    });
  }

  async gridCard(fields: Partial<NewToken> = {}): Promise<HeldToken> {
    const { account } = await this.world.person();
    return this.world.tokens.give(account, {
      kind: 'GridCard',
      product: 'LK/GridCard',
      secretSealed: this.seal(gridText(SMALL_GRID)),
      ...fields,
    });
  }

  /** The symbols of the cells that a challenge asks for. */
  readCard(code: string): string {
    return code
      .split(' ')
      .map((label) => {
        const cell = cellAt(label, SMALL_GRID);
        return cell ? symbolAt(SMALL_GRID, cell) : '';
      })
      .join('');
  }

  async gridGo(path: string): Promise<HeldToken> {
    const { account } = await this.world.person();
    return this.world.tokens.give(account, { kind: 'GridGo', product: 'LK/GridGo', secretSealed: this.seal(path) });
  }

  async emergencyCode(): Promise<string> {
    const holder = await this.holder();
    const { code } = await this.world.database.transaction((tx) => this.world.get(EmergencyCodes).issue(tx, holder));
    return code;
  }

  async pin(pin: string): Promise<void> {
    const holder = await this.holder();
    await this.world.database.transaction((tx) => this.world.get(PinCodes).register(tx, holder, plainSecret(pin)));
  }

  /** The codes of a printed list, in their order. */
  async list(): Promise<readonly string[]> {
    const holder = await this.holder();
    return this.world.database.transaction(async (tx) => {
      await this.world.get(OtpListEnrolment).register(tx, holder, { size: 25, order: 'BY_NUMBER' });
      return ((await this.world.get(OtpLists).fetch(tx, holder)) ?? []).map(({ code }) => code);
    });
  }

  async questions(): Promise<void> {
    const holder = await this.holder();
    const answered = Object.entries(ANSWERS).map(([question, answer]) => ({ question, answer: plainSecret(answer) }));
    await this.world.database.transaction((tx) => this.world.get(SecurityQuestions).register(tx, holder, answered));
  }

  async fido(origin: string): Promise<SoftwareAuthenticator> {
    const holder = await this.holder();
    const registrations = this.world.get(FidoRegistrations);
    const key = new SoftwareAuthenticator(origin);
    const proved = await registrations.prove(holder, key.create(await registrations.begin(holder)));
    await this.world.database.transaction((tx) => registrations.finish(tx, holder, proved));
    return key;
  }

  async push(): Promise<{ device: SoftwarePushDevice; held: HeldToken }> {
    const device = new SoftwarePushDevice();
    return { device, held: await device.enrol(this.world, await this.holder()) };
  }

  private seal(text: string) {
    return this.world.get(KeyRing).seal(plainSecret(text), TOKEN_SECRET);
  }
}
