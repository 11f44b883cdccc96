import { IntegerParam, StringParam, WordParam } from '../../surfaces/json-rpc/rpc-parameter-types.js';
import { QR_FORMATS, type QrFormat } from '../qr-picture.js';

/** Parameters of `Get_QRCode`. */
export class QrCodeParams {
  @StringParam({ required: true, secret: true, maxLength: 4_000, description: 'The text of the code, e.g. a key URI.' })
  uri!: string;

  @IntegerParam({ min: 1, max: 10, default: 5, description: 'Pixels of a module in each direction.' })
  size!: number;

  @IntegerParam({ min: 0, max: 5, default: 4, description: 'Modules of white around the code; scanners want 4.' })
  margin!: number;

  @WordParam({
    words: QR_FORMATS,
    default: 'GIF',
    description: 'Format of the picture; `TXT` is drawn with characters.',
  })
  format!: QrFormat;
}
