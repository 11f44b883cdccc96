import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeModhex } from '../../../src/tokens/yubikey/modhex.js';
import { openYubikeyBlock, type YubikeyOtp, yubikeyKey } from '../../../src/tokens/yubikey/yubikey-otp.js';
import { describeWith } from '../../support/describe-with.js';
import { FixedRandom } from '../../support/fixed-random.js';
import { realPartPath } from '../../support/real-parts.js';
import { pressYubikey } from '../../support/yubikey-device.js';

describeWith('yubikey-tools', 'the tools of Yubico', () => {
  const random = new FixedRandom('ykgenerate');
  const DEVICES = Array.from({ length: 20 }, () => ({
    key: random.bytes(16),
    privateId: random.bytes(6),
    sessionCounter: random.below(0x8000),
    timestamp: random.below(0x100_0000),
    useCounter: random.below(0x100),
    capsLock: random.below(2) === 1,
  }));

  function run(tool: 'ykgenerate' | 'ykparse', ...args: string[]): string {
    const program = join(dirname(realPartPath('yubikey-tools')), tool);
    return execFileSync(program, args, { encoding: 'utf8' }).trim();
  }

  it.each(DEVICES)('make OTPs that are read as what went in: %#', ({ key, ...contents }) => {
    const { privateId, sessionCounter, timestamp, useCounter, capsLock } = contents;
    const typed = run(
      'ykgenerate',
      hex(key),
      hex(privateId),
      ...[sessionCounter | (capsLock ? 0x8000 : 0), timestamp & 0xffff].map((word) => digits(word, 4)),
      ...[timestamp >> 16, useCounter].map((byte) => digits(byte, 2)),
    );
    expect(openYubikeyBlock(yubikeyKey(key), decodeModhex(typed) ?? new Uint8Array())).toMatchObject(contents);
  });

  it.each(DEVICES)('read what our device of the tests types: %#', ({ key, ...contents }) => {
    const otp: YubikeyOtp = { ...contents, random: 0x1234 };
    const said = run('ykparse', hex(key), pressYubikey(yubikeyKey(key), otp));
    expect(said).toContain('crc check: ok');
    expect(said).toContain(`cleaned counter: ${otp.sessionCounter} `);
    expect(said).toContain(`session use: ${otp.useCounter} `);
    expect(said).toContain(`triggered by caps lock: ${otp.capsLock ? 'yes' : 'no'}`);
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function digits(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}
