import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Software that tests talk to, and that nobody here wrote. */
export const REAL_PARTS = [
  'postgresql',
  'openldap',
  'active-directory',
  'chromium',
  'python-requests',
  'python-requests-oauthlib',
  'perl-net-oauth',
  'php-curl',
  'curl',
  'openssl',
  'oathtool',
  'yubikey-tools',
  'ssh-keygen',
  'puttygen',
  'pdftotext',
] as const;
export type RealPartName = (typeof REAL_PARTS)[number];

/** Whether a real part is on this machine. */
export type RealPart =
  | { readonly present: true; /** Path of its main program. */ readonly path: string }
  | { readonly present: false; /** What is missing and how to get it. */ readonly reason: string };

/** Environment variable that turns a missing part from a skipped test into a failed one. */
const REQUIRED = 'LATCHKEY_REQUIRE_REAL_PARTS';

/** Folders of servers, which Debian leaves out of an ordinary user's PATH. */
const SERVER_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

const detectors: Record<RealPartName, () => RealPart> = {
  postgresql: () => {
    const binaries = postgresBinaries();
    if (!binaries) return missing('no PostgreSQL server', 'postgresql');
    return { present: true, path: join(binaries, 'postgres') };
  },
  openldap: () => {
    const slapd = findProgram('slapd');
    return slapd ? { present: true, path: slapd } : missing('no OpenLDAP server', 'slapd ldap-utils');
  },
  'active-directory': () => {
    const packages = 'samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules';
    const samba = findProgram('samba');
    if (!samba || !findProgram('samba-tool')) return missing('no Samba domain controller', packages);
    if (!existsSync('/usr/share/samba/setup/provision.ldif')) return missing('no provisioning files', packages);
    if (globSync('/usr/lib/*/samba/ldb/samba_dsdb.so').length === 0) return missing('no directory modules', packages);
    if (process.getuid?.() !== 0) return { present: false, reason: 'Samba provisions a domain as root only' };
    return { present: true, path: samba };
  },
  chromium: () => {
    const chromium = ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find(Boolean);
    return chromium ? { present: true, path: chromium } : missing('no Chromium', 'chromium');
  },
  'python-requests': () => {
    // Debian's own interpreter first: the one in PATH may be a version manager's, without any libraries.
    const python = ['/usr/bin/python3', findProgram('python3')].find(
      (path) => path && runs(path, '-c', 'import requests'),
    );
    return python ? { present: true, path: python } : missing('no Python with requests', 'python3 python3-requests');
  },
  'python-requests-oauthlib': () => {
    const python = ['/usr/bin/python3', findProgram('python3')].find(
      (path) => path && runs(path, '-c', 'import requests_oauthlib'),
    );
    const packages = 'python3 python3-requests-oauthlib';
    return python ? { present: true, path: python } : missing('no Python with requests-oauthlib', packages);
  },
  'perl-net-oauth': () => {
    const perl = ['/usr/bin/perl', findProgram('perl')].find((path) => path && runs(path, '-MNet::OAuth', '-e', '1'));
    return perl ? { present: true, path: perl } : missing('no Perl with Net::OAuth', 'perl libnet-oauth-perl');
  },
  'php-curl': () => {
    const php = findProgram('php');
    if (!php || !runs(php, '-r', 'exit(function_exists("curl_init") ? 0 : 1);')) {
      return missing('no PHP with curl', 'php-cli php-curl');
    }
    return { present: true, path: php };
  },
  curl: () => {
    const curl = findProgram('curl');
    return curl ? { present: true, path: curl } : missing('no curl', 'curl');
  },
  openssl: () => {
    const openssl = findProgram('openssl');
    return openssl ? { present: true, path: openssl } : missing('no openssl', 'openssl');
  },
  oathtool: () => {
    const oathtool = findProgram('oathtool');
    return oathtool ? { present: true, path: oathtool } : missing('no oathtool', 'oathtool');
  },
  'yubikey-tools': () => {
    const ykgenerate = findProgram('ykgenerate');
    return ykgenerate ? { present: true, path: ykgenerate } : missing('no ykgenerate', 'libyubikey-dev');
  },
  'ssh-keygen': () => {
    const keygen = findProgram('ssh-keygen');
    return keygen ? { present: true, path: keygen } : missing('no ssh-keygen', 'openssh-client');
  },
  puttygen: () => {
    const puttygen = findProgram('puttygen');
    return puttygen ? { present: true, path: puttygen } : missing('no puttygen', 'putty-tools');
  },
  pdftotext: () => {
    const reader = findProgram('pdftotext');
    return reader ? { present: true, path: reader } : missing('no pdftotext', 'poppler-utils');
  },
};

const found = new Map<RealPartName, RealPart>();

/** Looks for a real part on this machine; looked for once a process. */
export function realPart(name: RealPartName): RealPart {
  let part = found.get(name);
  if (!part) found.set(name, (part = detectors[name]()));
  return part;
}

/** The path of a real part's program, for tests that run only where it is present. */
export function realPartPath(name: RealPartName): string {
  const part = realPart(name);
  if (!part.present) throw new Error(`${name}: ${part.reason}`);
  return part.path;
}

/** Whether a missing part must fail its tests (`npm test -- --require-real-parts`). */
export function realPartsRequired(): boolean {
  return process.env[REQUIRED] === '1';
}

/** The folder with the programs of the newest PostgreSQL server here. */
export function postgresBinaries(): string | undefined {
  const debian = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => versionOf(b) - versionOf(a));
  return [...debian, ...searchPath()].find(
    (folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')),
  );
}

function versionOf(folder: string): number {
  return Number(/\/(\d+)\/bin$/.exec(folder)?.[1] ?? 0);
}

function findProgram(name: string): string | undefined {
  return [...searchPath(), ...SERVER_FOLDERS].map((folder) => join(folder, name)).find(isProgram);
}

function searchPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runs(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

function missing(what: string, packages: string): RealPart {
  return { present: false, reason: `${what}; apt-get install ${packages}` };
}
