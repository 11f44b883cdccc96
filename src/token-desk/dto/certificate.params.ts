import { IntegerParam, StringParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';

/** Parameters of `Sign_Certificate_Request`. */
export class SignRequestParams {
  @StringParam({
    required: true,
    maxLength: 32_768,
    description: 'PKCS #10 in PEM, whose subject names the person: `UID`, or else `CN`, and the domain as `O`.',
  })
  request!: string;

  @IntegerParam({
    min: 1,
    max: 3_650,
    description: 'Days for which it is valid; as the authority is configured when absent.',
  })
  expires?: number;
}
