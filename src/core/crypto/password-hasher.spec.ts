import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hashesAtOnceHere } from './hashing-threads.js';
import { type PasswordHash, plainSecret } from './secret-types.js';

/** argon2 under way at once, and calls that wait until they are let go. */
const argon2 = vi.hoisted(() => ({
  running: 0,
  most: 0,
  verified: [] as string[],
  hold: undefined as Promise<void> | undefined,
}));

vi.mock(import('@node-rs/argon2'), async (original) => {
  const real = await original();
  async function counted<T>(work: () => Promise<T>): Promise<T> {
    argon2.running += 1;
    argon2.most = Math.max(argon2.most, argon2.running);
    try {
      await argon2.hold;
      return await work();
    } finally {
      argon2.running -= 1;
    }
  }
  return {
    ...real,
    hash: (password, options) => counted(() => real.hash(password, options)),
    verify: (stored, password, options) => {
      argon2.verified.push(String(password));
      return counted(() => real.verify(stored, password, options));
    },
  };
});

const { PasswordHasher } = await import('./password-hasher.js');

const PASSWORD = plainSecret('correct horse 1');

describe('the password hasher', () => {
  beforeEach(() => Object.assign(argon2, { running: 0, most: 0, verified: [], hold: undefined }));

  it('makes argon2id hashes of the cost that OWASP asks for, each with a salt of its own', async () => {
    const hasher = new PasswordHasher();
    const [one, two] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it('knows the right password from any other', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    expect(await hasher.verify(stored, PASSWORD)).toBe(true);
    expect(await hasher.verify(stored, plainSecret('correct horse 2'))).toBe(false);
    expect(await hasher.verify(stored, plainSecret(''))).toBe(false);
    expect(await hasher.verify(stored, plainSecret('Correct horse 1'))).toBe(false);
  });

  it('takes a password in any composition of its characters (NFKC)', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(plainSecret('Pa\u00dfwort \u00e9 ﬁ'));
    expect(await hasher.verify(stored, plainSecret('Pa\u00dfwort e\u0301 fi'))).toBe(true);
  });

  it('recognises a pair that was right before without another hash', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    await hasher.verify(stored, PASSWORD);
    await hasher.verify(stored, PASSWORD);
    expect(argon2.verified).toHaveLength(1);
  });

  it('never recognises a wrong password, nor the right one for a changed hash', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    await hasher.verify(stored, PASSWORD);
    const wrong = plainSecret('correct horse 2');
    expect([await hasher.verify(stored, wrong), await hasher.verify(stored, wrong)]).toEqual([false, false]);
    const changed = await hasher.hash(wrong);
    expect(await hasher.verify(changed, PASSWORD)).toBe(false);
    expect(await hasher.verify(await hasher.hash(PASSWORD), PASSWORD)).toBe(true);
    expect(argon2.verified).toHaveLength(5);
  });

  it('keeps no password that it recognises', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    await hasher.verify(stored, PASSWORD);
    const held = Object.values(hasher as unknown as Record<string, unknown>).map((value) =>
      value instanceof Set ? [...value].join(' ') : JSON.stringify(value),
    );
    expect(held.join(' ')).not.toContain(PASSWORD);
    expect(held.join(' ')).not.toContain(stored);
  });

  it('attack 47: never takes a password for nobody, not even a second time', async () => {
    const hasher = new PasswordHasher();
    for (const guess of ['', 'password', 'nobody', '\0', 'undefined']) {
      expect(await hasher.verifyNobody(plainSecret(guess))).toBe(false);
      expect(await hasher.verifyNobody(plainSecret(guess))).toBe(false);
    }
  });

  it('attack 46: does the same work for nobody as for somebody', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    await hasher.verifyNobody(PASSWORD);
    argon2.verified = [];
    await hasher.verify(stored, plainSecret('wrong'));
    await hasher.verifyNobody(plainSecret('wrong'));
    expect(argon2.verified).toEqual(['wrong', 'wrong']);
  });

  it('runs no more hashes at once than there are cores, in the order they came, and goes on after a failure', async () => {
    const most = hashesAtOnceHere();
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    const { promise, resolve } = Promise.withResolvers<void>();
    argon2.hold = promise;
    const guesses = Array.from({ length: 8 }, (_, i) => hasher.verify(stored, plainSecret(`guess ${i}`)));
    const broken = hasher.verify('no hash at all' as PasswordHash, PASSWORD);
    const last = hasher.verify(stored, PASSWORD);
    await vi.waitFor(() => expect(argon2.running).toBe(most));
    resolve();
    await expect(broken).rejects.toThrow(/./);
    expect(await last).toBe(true);
    expect(await Promise.all(guesses)).toEqual(Array.from({ length: 8 }, () => false));
    expect(argon2.most).toBe(most);
    expect(argon2.verified.slice(0, 8)).toEqual(Array.from({ length: 8 }, (_, i) => `guess ${i}`));
  });

  it('refuses when 288 wait, whatever for, and the last 32 places are not for strangers', async () => {
    const hasher = new PasswordHasher();
    const stored = await hasher.hash(PASSWORD);
    const { promise, resolve } = Promise.withResolvers<void>();
    argon2.hold = promise;
    const line = Array.from({ length: 256 }, (_, i) => hasher.verify(stored, plainSecret(`guess ${i}`)));
    const stranger = () => hasher.forStranger(undefined, PASSWORD, () => Promise.resolve(true));
    await expect(stranger()).rejects.toMatchObject({ code: 'overloaded' });
    line.push(...Array.from({ length: 31 }, (_, i) => hasher.verify(stored, plainSecret(`late ${i}`))));
    const last = hasher.hash(PASSWORD);
    await expect(hasher.hash(PASSWORD)).rejects.toMatchObject({ code: 'overloaded' });
    await expect(hasher.verify(stored, PASSWORD)).rejects.toMatchObject({ code: 'overloaded' });
    resolve();
    expect(await last).toMatch(/^\$argon2id/);
    expect(new Set(await Promise.all(line))).toEqual(new Set([false]));
    await expect(stranger()).resolves.toBe(true);
  }, 60_000);

  describe('for strangers', () => {
    const check = (hasher: InstanceType<typeof PasswordHasher>, stored: PasswordHash | undefined, guess: string) =>
      hasher.forStranger(stored, plainSecret(guess), () => hasher.verifyNobody(plainSecret(guess)));

    it('lets a line of 256 grow no longer, and takes new ones when it has moved on', async () => {
      const hasher = new PasswordHasher();
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const line = Array.from({ length: 256 }, () => hasher.forStranger(undefined, PASSWORD, () => promise));
      await expect(check(hasher, undefined, 'one too many')).rejects.toMatchObject({ code: 'overloaded' });
      expect(argon2.verified).toEqual([]);
      resolve(false);
      await Promise.all(line);
      await expect(check(hasher, undefined, 'later')).resolves.toBe(false);
    });

    it('has room for who was right before, however long the line is', async () => {
      const hasher = new PasswordHasher();
      const stored = await hasher.hash(PASSWORD);
      await hasher.verify(stored, PASSWORD);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const line = Array.from({ length: 256 }, () => hasher.forStranger(undefined, PASSWORD, () => promise));
      await expect(hasher.forStranger(stored, PASSWORD, () => hasher.verify(stored, PASSWORD))).resolves.toBe(true);
      await expect(check(hasher, stored, 'wrong')).rejects.toMatchObject({ code: 'overloaded' });
      resolve(true);
      await Promise.all(line);
    });
  });
});
