import { capability } from '../../core/directory/capabilities/capability.js';
import type { FoundPerson } from '../../core/directory/people.js';

/** A picture as it is sent. */
export interface UserImage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Attributes that hold pictures of people (RFC 2798 section 2.6, MS-ADA3), the better one first. */
const ATTRIBUTES = ['jpegPhoto', 'thumbnailPhoto'] as const;

/** Bytes of a picture at most. */
const LARGEST_IMAGE = 1_048_576;

/** Beginnings of the kinds of pictures that browsers show and that cannot hold a script, in hex; a dot is any digit. */
const KINDS: readonly (readonly [type: string, beginning: RegExp])[] = [
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^47494638(?:37|39)61/],
  ['image/webp', /^52494646.{8}57454250/],
];

/** The picture that the directory holds of somebody; undefined for none, a larger one, and what is no picture. */
export async function userImage({ directory, person }: FoundPerson): Promise<UserImage | undefined> {
  const values = await capability(directory, 'attributes').read(person, ATTRIBUTES);
  const byName = new Map(Object.entries(values).map(([name, [first]]) => [name.toLowerCase(), first]));
  for (const name of ATTRIBUTES) {
    const image = imageOf(byName.get(name.toLowerCase()));
    if (image) return image;
  }
  return undefined;
}

/** The picture behind base64, by what it is and not by what it is called. */
export function imageOf(base64: string | undefined): UserImage | undefined {
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LARGEST_IMAGE) return undefined;
  const beginning = bytes.toString('hex', 0, 12);
  const [type] = KINDS.find(([, pattern]) => pattern.test(beginning)) ?? [];
  return type === undefined ? undefined : { type, bytes };
}
