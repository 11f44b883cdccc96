import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { OATH_DIGITS, type OathDigits } from '../tokens/oath/hotp.js';
import { buildKeyUri } from '../tokens/oath/key-uri.js';
import { matchHotp } from '../tokens/oath/match-hotp.js';
import { matchTotp } from '../tokens/oath/match-totp.js';
import { oathKey } from '../tokens/oath/oath-key.js';
import { tokenRules } from '../tokens/token-rules.js';
import { HotpUriParams, TotpUriParams, VerifyHotpParams, VerifyTotpParams } from './dto/oath.params.js';
import { oathSeed } from './oath-keys.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { RFC_KEY } from './samples.js';

const URI = { name: 'John Doe RCDevs', key: RFC_KEY, userid: 'john doe', domain: 'RCDEVSDOCS' };
const SHOWN =
  'otpauth://totp/John%20Doe%20RCDevs:RCDEVSDOCS%5Cjohn%20doe?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
  '&issuer=John%20Doe%20RCDevs&algorithm=SHA1&digits=6&period=30';

/** Tools for portals that enrol tokens by themselves: they touch nobody and store nothing. */
@Injectable()
export class OathToolsRpc {
  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.TOTP_URI',
    summary: 'Make the URI that authenticator apps read from a QR code, for a time-based token',
    description:
      'The issuer is `name`, the account `domain\\userid`; a colon in them becomes a blank. `false`: a key below 128 bit, a ' +
      'period that is none, other digits than 6, 8 and 10.',
    right: 'use-server',
    changes: false,
    params: TotpUriParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'With the key of RFC 6238', params: URI, result: SHOWN }],
  })
  async totpUri({ name, key, userid, domain, digits, period }: TotpUriParams): Promise<string> {
    const account = `${domain}\\${userid}`;
    return buildKeyUri({ kind: 'TOTP', issuer: name, account, ...oathSeed(key), digits: digitsOf(digits), period });
  }

  @RpcMethod({
    name: 'OpenOTP.HOTP_URI',
    summary: 'Make the URI that authenticator apps read from a QR code, for an event-based token',
    description: 'As `OpenOTP.TOTP_URI`, with the counter of the next code in place of a period.',
    right: 'use-server',
    changes: false,
    params: HotpUriParams,
    result: TEXT_OR_FALSE,
    examples: [
      {
        summary: 'With the key of RFC 4226',
        params: { ...URI, state: '0', digits: 6 },
        result: SHOWN.replace('totp', 'hotp').replace('period=30', 'counter=0'),
      },
    ],
  })
  async hotpUri({ name, key, userid, domain, digits, state }: HotpUriParams): Promise<string> {
    const account = `${domain}\\${userid}`;
    return buildKeyUri({
      kind: 'HOTP',
      issuer: name,
      account,
      ...oathSeed(key),
      digits: digitsOf(digits),
      counter: state,
    });
  }

  @RpcMethod({
    name: 'OpenOTP.TOTP_Verify',
    summary: 'Tell whether a code is right for a key, before the token is registered',
    description:
      'Gives the new state as decimal digits, for `OpenOTP.TOTP_Register`: steps by which the clock is ahead.',
    right: 'use-server',
    changes: false,
    params: VerifyTotpParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'A right one', params: { otp: '287082', key: RFC_KEY, length: 6, period: 30 }, result: '0' }],
  })
  async totpVerify(
    { otp, key, length, period, state }: VerifyTotpParams,
    { domainId }: AdministratorCaller,
  ): Promise<string> {
    const { time } = tokenRules(await this.configuration.snapshot(), domainId);
    const { seed, hash } = oathSeed(key);
    const token = { key: oathKey(seed, hash), digits: digitsOf(length), lastCounter: null, period, driftSteps: state };
    const match = matchTotp(token, otp, this.clock.now(), time);
    if (match.outcome !== 'accepted') throw new DomainError('passcode-wrong', { detail: match.outcome });
    return String(match.driftSteps);
  }

  @RpcMethod({
    name: 'OpenOTP.HOTP_Verify',
    summary: 'Tell whether a code is right for a key, before the token is registered',
    description: 'Gives the new state as decimal digits, for `OpenOTP.HOTP_Register`: the counter of the next code.',
    right: 'use-server',
    changes: false,
    params: VerifyHotpParams,
    result: TEXT_OR_FALSE,
    examples: [
      { summary: 'The first one', params: { otp: '755224', key: RFC_KEY, length: 6, state: '0' }, result: '1' },
    ],
  })
  async hotpVerify({ otp, key, length, state }: VerifyHotpParams, { domainId }: AdministratorCaller): Promise<string> {
    const { event } = tokenRules(await this.configuration.snapshot(), domainId);
    const { seed, hash } = oathSeed(key);
    const token = { key: oathKey(seed, hash), digits: digitsOf(length), lastCounter: state === 0 ? null : state - 1 };
    const match = matchHotp(token, otp, event);
    if (match.outcome !== 'accepted') throw new DomainError('passcode-wrong', { detail: match.outcome });
    return String(match.counter + 1);
  }
}

/** @throws DomainError `value-out-of-range` */
function digitsOf(number: number): OathDigits {
  const digits = OATH_DIGITS.find((known) => known === number);
  if (digits === undefined) throw new DomainError('value-out-of-range', { params: { parameter: 'digits' } });
  return digits;
}
