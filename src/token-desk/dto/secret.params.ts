import { IntegerParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { OATH_HASHES, type OathHash } from '../../tokens/oath/oath-hash.js';
import { DnParams, SlotParams } from './slot.params.js';

const MOST_DAYS = 365;

/** Parameters of `OpenOTP.Prefix_Register`. */
export class PrefixParams extends DnParams {
  @StringParam({ secret: true, maxLength: 1_000, description: '4 to 64 letters and digits; drawn when absent.' })
  prefix?: string;
}

/** Parameters of `OpenOTP.Pin_Unregister`. */
export class PinPlaceParams extends SlotParams {
  @WordParam({
    words: ['Token', 'GridCard'],
    default: 'Token',
    description: 'Whether the PIN goes with the token in the slot, or with the grid card, which has no number.',
  })
  type!: 'Token' | 'GridCard';
}

/** Parameters of `OpenOTP.Pin_Register`. */
export class TokenPinParams extends PinPlaceParams {
  @StringParam({
    secret: true,
    maxLength: 1_000,
    description: '4 to 64 letters and digits, or of a grid card the moves of a path, e.g. `13646`; drawn when absent.',
  })
  pin?: string;
}

/** Parameters of `OpenOTP.List_Register`. */
export class ListParams extends DnParams {
  @IntegerParam({
    default: 100,
    description: 'Passwords on the list: 25, 50, 100, 250, 500 or 1000.',
    schema: { enum: [25, 50, 100, 250, 500, 1000] },
  })
  size!: number;

  @WordParam({ words: OATH_HASHES, default: 'SHA256', description: 'Hash that the passwords come from. In any case.' })
  algo!: OathHash;
}

/** Parameters of `OpenOTP.AppKey_Register`. */
export class AppKeyParams extends DnParams {
  @IntegerParam({
    default: 20,
    description: 'Characters: 10, 15, 20, 25 or 30.',
    schema: { enum: [10, 15, 20, 25, 30] },
  })
  length!: number;

  @IntegerParam({
    min: 1,
    max: MOST_DAYS,
    description: 'Days for which it works; the setting `app_key_days` when absent.',
  })
  expires?: number;
}

/** Parameters of `OpenOTP.TmpKey_Register`. */
export class TmpKeyParams extends DnParams {
  @StringParam({ required: true, secret: true, maxLength: 1_000, description: '10 to 30 characters.' })
  password!: string;

  @IntegerParam({ min: 1, max: 1_440, default: 1_440, description: 'Minutes for which it works.' })
  expires!: number;
}

/** Parameters of `OpenOTP.Emerg_Register`. */
export class EmergencyParams extends DnParams {
  @StringParam({ secret: true, maxLength: 1_000, description: '6 to 64 letters and digits; drawn when absent.' })
  otp?: string;

  @IntegerParam({ min: 300, max: 86_400, default: 3_600, description: 'Seconds for which it works.' })
  expires!: number;

  @IntegerParam({ min: 1, max: 100, default: 1, description: 'Uses after which it is spent.' })
  maxuse!: number;
}

/** Parameters of `OpenOTP.Expire_Start`. */
export class ExpireParams extends SlotParams {
  @IntegerParam({
    min: 1,
    max: MOST_DAYS,
    default: MOST_DAYS,
    description: 'Days after which the token stops working.',
  })
  expires!: number;
}
