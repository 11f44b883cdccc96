import { Injectable } from '@nestjs/common';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { QrCodeParams } from './dto/qr-code.params.js';
import { qrPicture } from './qr-picture.js';

/** Drawing QR codes. */
@Injectable()
export class QrCodeRpc {
  @RpcMethod({
    name: 'Get_QRCode',
    summary: 'Draw a QR code',
    description:
      'Base64 of the file, `size` times the modules and their margin wide. `false`: a value out of range, an unknown ' +
      'format, or a text that no code has room for (some 2300 bytes).',
    right: 'use-server',
    changes: false,
    params: QrCodeParams,
    result: { type: 'string', format: 'byte' },
    examples: [
      {
        summary: 'With characters',
        params: { uri: 'A', size: 1, margin: 0, format: 'TXT' },
        result: '4paI4paA4paA4paA4paA…',
      },
    ],
  })
  async draw({ uri, size, margin, format }: QrCodeParams): Promise<string> {
    return (await qrPicture(uri, { format, size, margin })).toString('base64');
  }
}
