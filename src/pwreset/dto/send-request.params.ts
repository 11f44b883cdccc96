import { DELIVERY_METHODS } from '../../core/requests/one-time-request.entity.js';
import { BooleanParam, IntegerParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';

/** Parameters of `PwReset.Send_Request` (manager-json-rpc section 6). */
export class SendRequestParams {
  @StringParam({ required: true, description: 'Login of the person, as one of the login attributes of the directory.' })
  username!: string;

  @StringParam({ description: 'Name of the domain; the default domain when absent.' })
  domain?: string;

  @StringParam({
    description: 'How the link reaches the person; the setting `link_delivery_mode` when absent. In any case.',
    schema: { enum: [...DELIVERY_METHODS] },
  })
  method?: string;

  @IntegerParam({
    description: 'Hours for which the link works; the setting `link_expiration_hours` when absent.',
    schema: { minimum: 1, maximum: 720 },
  })
  expires?: number;

  @StringParam({ description: 'Line for the message, at most 1000 characters.' })
  comments?: string;

  @BooleanParam({
    description:
      'Whether the person must pass a second factor after opening the link; the setting ' +
      '`pwreset_require_second_factor` when absent.',
  })
  mfa?: boolean;
}
