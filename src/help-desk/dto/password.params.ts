import { BooleanParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { DnParams } from './person.params.js';

/** Parameters of `Check_User_Password`. */
export class CheckPasswordParams extends DnParams {
  @StringParam({ required: true, secret: true, maxLength: 1_000, description: 'The password to try.' })
  password!: string;
}

/** Parameters of `Set_User_Password`. */
export class SetPasswordParams extends DnParams {
  @StringParam({ required: true, secret: true, maxLength: 1_000, description: 'The new password.' })
  password!: string;

  @BooleanParam({ default: false, description: 'Whether the person must change it at the next log-on.' })
  change!: boolean;
}
