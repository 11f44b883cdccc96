import { IntegerParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { DnParams } from './slot.params.js';

/** Parameters of `OpenOTP.Mobile_Session`. */
export class MobileSessionParams extends DnParams {
  @IntegerParam({ required: true, min: 1, max: 86_400, description: 'Seconds for which the session can be used.' })
  timeout!: number;

  @StringParam({
    secret: true,
    maxLength: 64,
    description: 'Has to be entered on the device besides the session’s id; five wrong ones end the session.',
  })
  pincode?: string;
}

/** Parameters of `OpenOTP.Mobile_Response`. */
export class MobileResponseParams {
  @StringParam({ required: true, secret: true, description: 'What `OpenOTP.Mobile_Session` gave.' })
  session!: string;
}
