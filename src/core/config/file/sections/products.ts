import { integer, matching, name, text, word } from '../scalar-shapes.js';
import { list, object, optional, required, type ShapeType } from '../shape.js';

const code = matching(/^[A-Za-z0-9_-]{1,32}$/, '1 to 32 letters, digits, _ and -');
const label = matching(/^[A-Za-z0-9 /_-]{1,64}$/, '1 to 64 letters, digits, blanks, /, _ and -');

const product = object({
  name: required(name(), 'Name of the product.'),
  description: optional(text(), 'Shown to operators.'),
  manufacturerCode: required(code, 'Code of the manufacturer, as in seed files.'),
  productCode: required(code, 'Code of the product, as in seed files; unique with the manufacturer’s.'),
  method: required(label, 'Kind of token, e.g. `OTP`, `GridCard`, `GridGo`.'),
  functions: required(list(label, { min: 1 }), 'What its tokens can do, e.g. `OTP`, `OOBA`.'),
  algorithm: optional(word(['TOTP', 'HOTP', 'OCRA']), 'OATH algorithm: RFC 6238, RFC 4226 or RFC 6287.'),
  digits: optional(integer(6, 10), 'Digits of a code.'),
  timer: optional(integer(1, 3_600), 'Seconds of a time step.'),
  hash: optional(word(['SHA1', 'SHA256', 'SHA512']), 'Hash function of the codes.'),
});

export const products = list(product);

export type ProductDeclaration = ShapeType<typeof product>;
