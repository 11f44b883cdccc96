import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { foldName } from '../../core/domains/fold-name.js';
import type { UserReference } from '../../surfaces/auth-envelope/references.js';
import { namedDomain, placesOf, type RealmScope } from '../people/named-people.js';
import type { SiteStamp } from './site-stamp.entity.js';

const QUALITIES = 'amber blue bright calm copper crimson early gentle golden green grey hidden ivory late lilac little'
  .concat(' lucky narrow olive orange quiet red round scarlet silver slow small striped tall violet warm white')
  .split(' ');
const THINGS = 'anchor apple barn bell boat bridge candle castle cloud compass drum feather fern flute garden harbour'
  .concat(' hat kettle kite ladder lamp lantern maple meadow mill owl pebble piano river sparrow teapot violin')
  .split(' ');

const PURPOSE = 'site-stamp-decoy';
/** Decoys were chosen within three years from here on. */
const FIRST = Date.UTC(2023, 0, 1);
const SPAN_SECONDS = 94_608_000;

/**
 * Stamps of people who are not there (authentication methods, section 4.16): the same for the same name every time, and
 * for each spelling that would mean the same person, so that asking for stamps does not tell who is there. Half of the
 * names have none, as people may.
 */
@Injectable()
export class DecoyStamps {
  constructor(private readonly keyRing: KeyRing) {}

  /** @param scope in which somebody was looked for */
  of(scope: RealmScope, reference: UserReference): Omit<SiteStamp, 'accountId'>[] {
    const { id, loginName = '' } = reference;
    const bytes = this.bytesOf(id ?? this.whoIs(scope, reference, loginName));
    if (bytes.readUInt8(0) % 2 === 0) return [];
    const text = `${pick(QUALITIES, bytes.readUInt16BE(1))} ${pick(THINGS, bytes.readUInt16BE(3))}`;
    const createdAt = new Date(FIRST + (bytes.readUInt32BE(5) % SPAN_SECONDS) * 1_000);
    return [{ id: uuidFrom(bytes), name: 'main', text, image: null, applicationId: null, createdAt }];
  }

  /** The one whom a name would mean: of a name that says no domain, in one of those where it is looked for. */
  private whoIs(scope: RealmScope, reference: UserReference, loginName: string): string {
    const places = placesOf(scope, loginName, namedDomain(scope, reference));
    const isBare = new Set(places.map(({ domain }) => domain.id)).size > 1;
    const choice = isBare ? this.bytesOf(foldName(loginName)).readUInt32BE(0) % places.length : places.length - 1;
    const { domain, login = loginName } = places[choice] ?? {};
    return `${domain?.id ?? ''}\0${foldName(login)}`;
  }

  /** Under the oldest key, so that a key put in front changes nothing. */
  private bytesOf(named: string): Buffer {
    const digest = this.keyRing.digests(plainSecret(named), PURPOSE).at(-1) ?? '';
    return createHash('sha256').update(digest).digest();
  }
}

function pick(words: readonly string[], number: number): string {
  return words[number % words.length] ?? '';
}

/** Looks like a random identifier (RFC 9562 section 5.4). */
function uuidFrom(bytes: Buffer): string {
  const hex = bytes.subarray(16).toString('hex');
  const variant = '89ab'[bytes.readUInt8(15) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
