import { boolean, name, secret } from '../scalar-shapes.js';
import { list, object, optionalWith, required, type ShapeType } from '../shape.js';

const accessToken = object({
  token: required(secret(), 'The access token; stored sealed, because unsigned calls need nothing else.'),
  secret: required(secret(), 'Its secret, for signatures; stored sealed.'),
  login: required(name(), 'Person of the domain on whose behalf the token acts.'),
});

const consumer = object({
  domain: required(name(), 'Domain that the consumer works for.'),
  key: required(name(), 'Consumer key; unique on the server.'),
  secret: required(secret(), 'Consumer secret; stored sealed.'),
  xauth: optionalWith(boolean(), false, 'Whether the consumer may exchange login and password for a token.'),
  tokens: optionalWith(list(accessToken), [], 'Access tokens that exist from the start; others are made on the wire.'),
});

export const consumers = list(consumer);

export type ConsumerDeclaration = ShapeType<typeof consumer>;
