import { BooleanParam, IntegerParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';

/** Names a person by their distinguished name. */
export class DnParams {
  @StringParam({ required: true, description: 'Distinguished name of the person (RFC 4514).' })
  dn!: string;
}

/** One of a person's numbered slots. */
export class SlotParams extends DnParams {
  @IntegerParam({ min: 1, default: 1, description: 'Number of the slot.' })
  id!: number;
}

/** Parameters of `OpenOTP.Activation_Code`. */
export class ActivationCodeParams extends SlotParams {
  @WordParam({
    words: ['activation', 'authorisation'],
    default: 'activation',
    description: 'Whether the code activates the token, or lets it be put on a device.',
  })
  purpose!: 'activation' | 'authorisation';
}

/** Parameters of `OpenOTP.Block_Start`. */
export class BlockParams extends DnParams {
  @IntegerParam({
    min: 1,
    max: 86_400,
    description: 'Seconds for which the block holds; until `OpenOTP.Block_Reset` when absent.',
  })
  expires?: number;
}

/** Parameters of `OpenOTP.User_Methods`. */
export class MethodsParams extends DnParams {
  @BooleanParam({ default: false, description: 'Whether to leave out those that the person cannot use at the moment.' })
  active!: boolean;
}

/** Parameters of `OpenOTP.User_Report`. */
export class ReportParams extends DnParams {
  @BooleanParam({
    default: false,
    description: 'Whether to tell the one-time password tokens, as `OpenOTP.User_Tokens`.',
  })
  token!: boolean;

  @BooleanParam({ default: false, description: 'Whether to tell the FIDO keys, as `OpenOTP.User_Devices`.' })
  u2f!: boolean;

  @BooleanParam({ default: false, description: 'Whether to tell what keeps the person from logging in.' })
  block!: boolean;
}
