import { DELIVERY_METHODS } from '../../core/requests/one-time-request.entity.js';
import { IntegerParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { APPLICATIONS, ITEMS } from '../items.js';

/** Parameters of `SelfReg.Send_Request` (manager-json-rpc section 5). */
export class SendEnrolmentParams {
  @StringParam({ required: true, description: 'Login of the person, as one of the login attributes of the directory.' })
  username!: string;

  @StringParam({ description: 'Name of the domain; the default domain when absent.' })
  domain?: string;

  @StringParam({
    description: 'How the link reaches the person; the setting `link_delivery_mode` when absent. In any case.',
    schema: { enum: [...DELIVERY_METHODS] },
  })
  method?: string;

  @StringParam({
    description: 'Limits the page to one application; all of them when absent. In any case.',
    schema: { enum: [...APPLICATIONS] },
  })
  application?: string;

  @StringParam({
    description:
      'What is to be enrolled; the person chooses when absent. Belongs to `OpenOTP`. `Voice` is known and answers `false`.',
    schema: { enum: [...ITEMS] },
  })
  item?: string;

  @IntegerParam({
    description:
      'Hours for which the link works; the setting `link_expiration_hours` when absent. Hours as documented, although one ' +
      'published client counts seconds: 3600 is out of range and answers `false`.',
    schema: { minimum: 1, maximum: 720 },
  })
  expires?: number;

  @StringParam({ description: 'Line for the message, at most 1000 characters.' })
  comments?: string;
}
