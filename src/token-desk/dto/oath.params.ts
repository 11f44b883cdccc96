import { Base64Param, BooleanParam, IntegerParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { SlotParams } from './slot.params.js';

/** Time steps; the widest window in which a token can be found again. */
const MOST_DRIFT = 2_880;
/** Far beyond what a button is pressed for, and whole as a JSON number with every look-ahead. */
const MOST_COUNTER = 2 ** 48;
const LONGEST_PERIOD = 3_600;
const LONGEST_CODE = 100;

const KEY = 'The seed. 20 bytes are SHA-1, 32 SHA-256, 64 SHA-512; below 16 bytes the answer is `false`.';

/** Parameters of `OpenOTP.TOTP_Register`. */
export class RegisterTotpParams extends SlotParams {
  @Base64Param({ required: true, secret: true, description: KEY })
  key!: Uint8Array;

  @IntegerParam({
    min: -MOST_DRIFT,
    max: MOST_DRIFT,
    default: 0,
    description: 'Time steps by which the clock of the token is ahead, as `OpenOTP.TOTP_Verify` gives them.',
  })
  state!: number;

  @StringParam({ secret: true, description: 'Ignored: there are no mobile sessions here.' })
  session?: string;
}

/** Parameters of `OpenOTP.HOTP_Register`. */
export class RegisterHotpParams extends SlotParams {
  @Base64Param({ required: true, secret: true, description: KEY })
  key!: Uint8Array;

  @IntegerParam({
    min: 0,
    max: MOST_COUNTER,
    default: 0,
    description: 'Counter of the next code, as `OpenOTP.HOTP_Verify` gives it.',
  })
  state!: number;

  @StringParam({ secret: true, description: 'Ignored: there are no mobile sessions here.' })
  session?: string;
}

/** What both sorts of URI are made of. */
class UriParams {
  @StringParam({ required: true, maxLength: 100, description: 'What the app shows as the issuer.' })
  name!: string;

  @Base64Param({ required: true, secret: true, description: KEY })
  key!: Uint8Array;

  @StringParam({ required: true, maxLength: 256, description: 'Login of the person.' })
  userid!: string;

  @StringParam({ required: true, maxLength: 256, description: 'Domain of the person; it need not exist here.' })
  domain!: string;

  @IntegerParam({ default: 6, description: 'Digits of a code: 6, 8 or 10.', schema: { enum: [6, 8, 10] } })
  digits!: number;

  @StringParam({ secret: true, description: 'Ignored: there are no mobile sessions here.' })
  session?: string;

  @BooleanParam({
    default: false,
    description: 'Ignored: the URI is always given in full, to be shown and not stored.',
  })
  tinyurl!: boolean;
}

/** Parameters of `OpenOTP.TOTP_URI`. */
export class TotpUriParams extends UriParams {
  @IntegerParam({ min: 1, max: LONGEST_PERIOD, default: 30, description: 'Seconds of a time step.' })
  period!: number;
}

/** Parameters of `OpenOTP.HOTP_URI`. */
export class HotpUriParams extends UriParams {
  @IntegerParam({ min: 0, max: MOST_COUNTER, default: 0, description: 'Counter of the next code.' })
  state!: number;
}

/** What both sorts of verification look at. */
class VerifyParams {
  @StringParam({ required: true, secret: true, maxLength: LONGEST_CODE, description: 'The code.' })
  otp!: string;

  @Base64Param({ required: true, secret: true, description: KEY })
  key!: Uint8Array;

  @IntegerParam({ required: true, description: 'Digits of a code: 6, 8 or 10.', schema: { enum: [6, 8, 10] } })
  length!: number;
}

/** Parameters of `OpenOTP.TOTP_Verify`. */
export class VerifyTotpParams extends VerifyParams {
  @IntegerParam({ min: 1, max: LONGEST_PERIOD, default: 30, description: 'Seconds of a time step.' })
  period!: number;

  @IntegerParam({
    min: -MOST_DRIFT,
    max: MOST_DRIFT,
    default: 0,
    description: 'Time steps by which the clock of the token was ahead.',
  })
  state!: number;
}

/** Parameters of `OpenOTP.HOTP_Verify`. */
export class VerifyHotpParams extends VerifyParams {
  @IntegerParam({ min: 0, max: MOST_COUNTER, default: 0, description: 'Counter of the next code.' })
  state!: number;
}

/** Parameters of `OpenOTP.TOTP_Resync`. */
export class ResyncTotpParams extends SlotParams {
  @StringParam({ required: true, secret: true, maxLength: LONGEST_CODE, description: 'What the token shows now.' })
  otp!: string;
}

/** Parameters of `OpenOTP.HOTP_Resync_Sequence`. */
export class ResyncSequenceParams extends SlotParams {
  @StringParam({ required: true, secret: true, maxLength: LONGEST_CODE, description: 'A code of the token.' })
  otp1!: string;

  @StringParam({ required: true, secret: true, maxLength: LONGEST_CODE, description: 'The code after it.' })
  otp2!: string;
}

/** Parameters of `OpenOTP.HOTP_Resync_Counter`. */
export class ResyncCounterParams extends SlotParams {
  @IntegerParam({ required: true, min: 1, max: MOST_COUNTER, description: 'Counter of the next code.' })
  counter!: number;
}
