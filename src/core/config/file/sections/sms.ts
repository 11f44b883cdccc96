import { integer, name, secret, url, word } from '../scalar-shapes.js';
import { list, object, optionalWith, record, required, type ShapeType } from '../shape.js';

/** A header name is a token (RFC 9110 section 5.6.2). */
const headerName = {
  test: (key: string) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(key),
  values: 'HTTP header names',
};

const gateway = object({
  name: required(name(), 'Name of the gateway.'),
  kind: required(
    word(['http']),
    '`http`: POST of `{"to": "+352…", "text": "…"}` as JSON. 2xx counts as accepted, 4xx as refused for good; everything else is tried again.',
  ),
  url: required(
    url(['http:', 'https:']),
    'Where messages are posted. Credentials belong into `headers`; a URL with a query is stored sealed.',
  ),
  headers: optionalWith(record(headerName, secret()), {}, 'Further request headers. Their values are stored sealed.'),
  timeoutSeconds: optionalWith(integer(1, 120), 15, 'Seconds that the gateway has to answer.'),
});

export const sms = object({
  gateways: optionalWith(list(gateway), [], 'SMS gateways; the first one is used.'),
});

export type SmsSection = ShapeType<typeof sms>;
