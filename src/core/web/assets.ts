import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';

/** Where assets are served, followed by the version and the name. */
export const ASSETS_PATH = '/assets';

const FOLDER = join(import.meta.dirname, 'assets');

/** Scripts that packages bring along, by the name under which ours import them. */
const PACKAGED: Readonly<Record<string, string>> = {
  'simplewebauthn.js': fileURLToPath(
    new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser')),
  ),
};

/** The one style sheet; made of the parts in `styles`, in the order of their names. */
export const STYLE_SHEET = 'latchkey.css';
export const ICON = 'latchkey.svg';
/** For phones that install a page. */
export const TOUCH_ICON = 'latchkey-192.png';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

/**
 * Style sheet, scripts and icon of the pages, read once. Their addresses carry a digest of all contents, so a browser
 * may keep them for ever and gets new ones with a new version. Scripts import each other by relative address.
 */
@Injectable()
export class Assets {
  private readonly assets: ReadonlyMap<string, Asset> = load();

  /** Digest of all names and contents, base64url. */
  readonly version = digest(this.assets);

  /** The address of an asset within this site. */
  url(name: string): string {
    if (!this.assets.has(name)) throw new Error(`no asset ${name}`);
    return `${ASSETS_PATH}/${this.version}/${name}`;
  }

  find(name: string): Asset | undefined {
    return this.assets.get(name);
  }
}

function load(): Map<string, Asset> {
  const styles = join(FOLDER, 'styles');
  const parts = readdirSync(styles).sort();
  const sheet = Buffer.concat(parts.map((part) => readFileSync(join(styles, part))));
  const others = readdirSync(FOLDER).filter((name) => name !== 'styles');
  return new Map([
    [STYLE_SHEET, assetOf(STYLE_SHEET, sheet)],
    ...others.map((name) => [name, assetOf(name, readFileSync(join(FOLDER, name)))] as const),
    ...Object.entries(PACKAGED).map(([name, path]) => [name, assetOf(name, readFileSync(path))] as const),
  ]);
}

function assetOf(name: string, content: Buffer): Asset {
  return { content, type: TYPES[extname(name)] ?? 'application/octet-stream' };
}

function digest(assets: ReadonlyMap<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [name, { content }] of assets) hash.update(name).update('\0').update(content).update('\0');
  return hash.digest('base64url').slice(0, 16);
}
