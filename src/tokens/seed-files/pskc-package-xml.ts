import { parseOcraSuite, type OcraSuite } from '../oath/ocra-suite.js';
import type { SeedRecord } from './seed-record.js';
import { xmlText } from './xml-text.js';

const ENCODINGS = { N: 'DECIMAL', A: 'ALPHANUMERIC', H: 'HEXADECIMAL' } as const;

/** One key package, its elements in the order of the schema (RFC 6030 section 11). */
export function packageXml(token: SeedRecord, cipherValue: string, mac: string): string {
  return `  <pskc:KeyPackage>
    <pskc:DeviceInfo>${element('Manufacturer', token.manufacturer)}${element('SerialNo', token.serial)}${element('Model', token.model)}</pskc:DeviceInfo>
    <pskc:Key Id="${xmlText(token.serial)}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${token.kind.toLowerCase()}">
      <pskc:AlgorithmParameters>${parametersXml(token)}</pskc:AlgorithmParameters>
      <pskc:Data>
        <pskc:Secret>
          <pskc:EncryptedValue>
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
            <xenc:CipherData><xenc:CipherValue>${cipherValue}</xenc:CipherValue></xenc:CipherData>
          </pskc:EncryptedValue>
          <pskc:ValueMAC>${mac}</pskc:ValueMAC>
        </pskc:Secret>${movingXml(token)}
      </pskc:Data>
      <pskc:Policy>${element('StartDate', token.notBefore?.toISOString())}${element('ExpiryDate', token.notAfter?.toISOString())}<pskc:KeyUsage>${token.kind === 'OCRA' ? 'CR' : 'OTP'}</pskc:KeyUsage></pskc:Policy>
    </pskc:Key>
  </pskc:KeyPackage>
`;
}

function parametersXml(token: SeedRecord): string {
  if (token.kind !== 'OCRA') {
    const suite = token.hash === 'SHA1' ? undefined : `HMAC-${token.hash}`;
    return element('Suite', suite) + responseXml(token.digits);
  }
  const suite = parseOcraSuite(token.suite);
  return element('Suite', token.suite) + (suite ? challengeXml(suite) + responseXml(suite.digits) : '');
}

function challengeXml({ challenge: { format, length } }: OcraSuite): string {
  return `<pskc:ChallengeFormat Encoding="${ENCODINGS[format]}" Min="${length}" Max="${length}"/>`;
}

function responseXml(digits: number): string {
  return `<pskc:ResponseFormat Length="${digits}" Encoding="DECIMAL"/>`;
}

function movingXml(token: SeedRecord): string {
  const factors: [string, number][] =
    token.kind === 'TOTP'
      ? [
          ['Time', 0],
          ['TimeInterval', token.period],
          ['TimeDrift', token.driftSteps],
        ]
      : [['Counter', token.counter]];
  return factors
    .map(([name, value]) => `\n        <pskc:${name}><pskc:PlainValue>${value}</pskc:PlainValue></pskc:${name}>`)
    .join('');
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<pskc:${name}>${xmlText(text)}</pskc:${name}>`;
}
