import { availableParallelism } from 'node:os';
import type * as HasherModule from '../../src/core/crypto/password-hasher.js';
import type { PlainSecret } from '../../src/core/crypto/secret-types.js';
import { built } from '../harness/built.js';
import type { HttpCalls } from '../harness/http-load.js';
import { driveLean } from '../harness/lean-load.js';
import type { Contender, Scenario } from '../harness/scenario.js';
import type { World } from '../harness/world.js';
import { argon2Alone } from './argon2-alone.js';
import { agentToken, authConfiguration, FreshCodes, insertPeopleWithTokens, peopleOf } from './auth-people.js';
import { recorded } from './auth-verify.js';

/** Two applications: one asks for a password and then a code, the other for a code alone. */
const TWO_STEPS = 'password and code';
const ONE_STEP = 'code';

const CONFIGURATION = authConfiguration([
  { name: TWO_STEPS, steps: ['SPASS', 'OTP'] },
  { name: ONE_STEP, steps: ['OTP'] },
]);

/**
 * Different stored passwords. The product recognises the last thousand that were right without hashing again, which must
 * never happen here.
 */
const PASSWORDS = 1_250;
const PASSWORD = 'a password of the bench';

/** Passwords that are presented at the same moment beside codes: more than are hashed at once, so that some always wait. */
const PASSWORD_CONNECTIONS = 16;

interface Calls {
  readonly passwords: HttpCalls;
  readonly codes: HttpCalls;
}

/** One sequence for a world's whole life: no code twice, and no password again before all others. */
const ofWorlds = new WeakMap<World, Promise<Calls>>();

function callsOf(world: World): Promise<Calls> {
  const calls = ofWorlds.get(world) ?? makeCalls(world);
  ofWorlds.set(world, calls);
  return calls;
}

async function makeCalls(world: World): Promise<Calls> {
  const headers = { authorization: `Bearer ${await agentToken(world)}`, 'content-type': 'application/json' };
  const fresh = new FreshCodes(peopleOf(world));
  const holders = passwordHolders(world);
  let turn = 0;
  const call = (application: string, login: string, credential: string) => ({
    path: '/auth/logon',
    headers,
    body: `{"application":{"name":"${application}"},"user":{"loginName":"${login}"},"credential":${credential},"remoteIp":"203.0.113.20"}`,
  });
  const isRight = (body: string): boolean => body === '{"error":0}';
  return {
    passwords: {
      next: () => {
        const n = 1 + (turn++ % holders);
        return call(TWO_STEPS, `person-${n}`, `{"method":"SPASS","password":"${PASSWORD}"}`);
      },
      isRight,
    },
    codes: {
      next: () => {
        const { login, code } = fresh.next();
        return call(ONE_STEP, login, `{"method":"OTP","otp":"${code}"}`);
      },
      isRight,
    },
  };
}

/** How many people have a password: a whole number of times {@link PASSWORDS}, at least once. */
function passwordHolders(world: World): number {
  return PASSWORDS * Math.max(1, Math.floor(peopleOf(world) / PASSWORDS));
}

async function setup(world: World): Promise<void> {
  await insertPeopleWithTokens(world, Math.max(peopleOf(world), PASSWORDS));
  const { PasswordHasher } = built(world, 'core/crypto/password-hasher.js') as typeof HasherModule;
  const hasher = new PasswordHasher();
  const hashes: string[] = [];
  // A few at a time: the hasher's line has an end.
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (hashes.length < PASSWORDS) hashes.push(await hasher.hash(PASSWORD as PlainSecret));
    }),
  );
  await world.database.query(
    `UPDATE builtin_people SET password_hash = ($1::text[])[1 + (n - 1) % $2::int], password_changed_at = now()
     FROM generate_series(1, $3::int) AS n WHERE login_key = 'person-' || n`,
    [hashes, PASSWORDS, passwordHolders(world)],
  );
}

const passwords: Contender = {
  name: 'passwords',
  title: 'Latchkey, password steps',
  unit: 'steps',
  countStatements: true,
  recorded,
  drive: async (world, span) => driveLean(world, (await callsOf(world)).passwords, span),
};

const codes: Contender = {
  name: 'codes',
  title: 'Latchkey, code steps',
  unit: 'steps',
  countStatements: true,
  recorded,
  drive: async (world, span) => driveLean(world, (await callsOf(world)).codes, span),
};

/** Codes are what counts; passwords are presented all the while. */
const together: Contender = {
  name: 'codes beside passwords',
  title: 'Latchkey, code steps beside password steps',
  unit: 'steps',
  recorded,
  drive: async (world, span) => {
    const calls = await callsOf(world);
    const [counted, beside] = await Promise.all([
      driveLean(world, calls.codes, span),
      driveLean(world, calls.passwords, { ...span, connections: PASSWORD_CONNECTIONS }),
    ]);
    return {
      ...counted,
      errors: counted.errors + beside.errors,
      firstError: counted.firstError ?? beside.firstError,
      further: { 'password steps per second': beside.perSecond },
    };
  },
};

/** Steps of logons with a password and with a code, on the built-in directory. */
export const authLogon: Scenario = {
  name: 'auth-logon',
  title: 'POST /auth/logon: steps with a password, steps with a code, both at once',
  configuration: CONFIGURATION,
  setup,
  contenders: [passwords, argon2Alone, codes, together],
  ratios: [
    { title: 'password steps to argon2 alone', of: 'passwords', to: 'argon2' },
    { title: 'code steps beside passwords to code steps alone', of: 'codes beside passwords', to: 'codes' },
  ],
};
