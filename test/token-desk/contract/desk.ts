import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { hotp } from '../../../src/tokens/oath/hotp.js';
import { timeStep } from '../../../src/tokens/oath/match-totp.js';
import { oathKey } from '../../../src/tokens/oath/oath-key.js';
import { seedFromText } from '../../../src/tokens/oath/seed.js';
import type { Authenticator } from '../../../src/tokens/token-kinds.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { dnOf } from '../../help-desk/contract/desk.js';
import type { World } from '../../pwreset/contract/world.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { word } from '../../support/token-world.js';

/** The seed of RFC 4226, appendix D, and RFC 6238, appendix B, as calls carry it. */
export const RFC_KEY = Buffer.from('12345678901234567890').toString('base64');

const PERIOD = 30;

/** What a token with the seed of the RFCs shows at a counter or time step. */
export function codeAt(counter: number, digits: 6 | 8 | 10 = 6): string {
  return hotp(oathKey(seedFromText(plainSecret(RFC_KEY)), 'SHA1'), counter, digits);
}

/** What a token with the seed of the RFCs and half a minute a step shows now, or some steps later. */
export function codeNow(world: World, steps = 0): string {
  return codeAt(timeStep(world.app.clock.now(), PERIOD) + steps);
}

/** Calls `OpenOTP.<method>` about a person as the chief. */
export function openOtp(world: World, person: BuiltinPerson, method: string, params: object = {}): Promise<RpcAnswer> {
  return world.chief.call(`OpenOTP.${method}`, { dn: dnOf(person), ...params });
}

/** What the token store says of a passcode that the person types. */
export async function present(
  world: World,
  person: BuiltinPerson,
  typed: string,
  authenticator: Authenticator = 'OTP',
): Promise<string> {
  const snapshot = await world.app.get(Configuration).snapshot();
  const domain = snapshot.domainById(person.domainId);
  if (!domain) throw new Error('no domain');
  const { account } = await world.app.get(People).byLogin(domain, person.login);
  const verdict = await world.app.get(Passcodes).verify({
    accountId: account.id,
    authenticator,
    typed: plainSecret(typed),
    rules: tokenRules(snapshot, domain.id),
    context: { actor: 'person' },
  });
  return word(verdict);
}

/** Everything that is stored about tokens and events, to look for what must be nowhere. */
export async function everythingStored(world: World): Promise<string> {
  const tables = ['tokens', 'token_assignments', 'token_codes', 'token_challenges', 'audit_events'];
  return JSON.stringify(await Promise.all(tables.map((table) => world.query(`SELECT * FROM ${table}`))));
}
