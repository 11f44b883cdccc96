import { ObjectListParam } from '../../surfaces/json-rpc/rpc-object-types.js';
import { Base64Param, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';

/** Files in one mail. */
const MOST_ATTACHMENTS = 20;

/** One file of a mail. */
export class AttachmentParams {
  @StringParam({ required: true, maxLength: 255, description: 'Name of the file.' })
  name!: string;

  @Base64Param({ required: true, description: 'The bytes of the file.' })
  data!: Uint8Array;
}

/** Parameters of `Send_Mail`. */
export class SendMailParams {
  @StringParam({ required: true, secret: true, maxLength: 320, description: 'One mail address.' })
  to!: string;

  @StringParam({ required: true, secret: true, maxLength: 1_000, description: 'Subject; one line is made of it.' })
  subject!: string;

  @StringParam({ required: true, secret: true, maxLength: 100_000, description: 'Plain text.' })
  body!: string;

  @StringParam({ maxLength: 320, description: 'Address of a declared mail account; the system account when absent.' })
  from?: string;

  @StringParam({ secret: true, description: 'Certificate to encrypt for. Not supported: the answer is `false`.' })
  certificate?: string;

  @ObjectListParam(AttachmentParams, { secret: true, max: MOST_ATTACHMENTS, description: 'Files that go with it.' })
  attachments?: readonly AttachmentParams[];
}

/** Parameters of `Send_SMS`. */
export class SendSmsParams {
  @StringParam({ required: true, secret: true, maxLength: 50, description: 'One international telephone number.' })
  to!: string;

  @StringParam({ required: true, secret: true, maxLength: 1_000, description: 'The text.' })
  message!: string;

  @StringParam({ description: 'Sender that the gateway is asked to show, at most 15 letters, digits and spaces.' })
  from?: string;
}
