import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { newSshKey } from '../tokens/kinds/ssh-key/new-ssh-key.js';
import { readPrivateKey } from '../tokens/kinds/ssh-key/read-private-key.js';
import { SshKeys } from '../tokens/kinds/ssh-key/ssh-keys.js';
import { readSshPublicKey, sshPublicKey, type SshPublicKey } from '../tokens/kinds/ssh-key/ssh-public-key.js';
import { holderOf } from './administrator-holder.js';
import { ExportKeyParams, ImportKeyParams, RegisterKeyParams, RestrictKeyParams } from './dto/key.params.js';
import { DnParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';
import { SshKeyChanges } from './ssh-key-changes.js';

const ACT = 'ssh-key';
const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHlO0Vn5cd9zQJ8o7nD0o1w7uI5mC2mZ0Q9v5b3c1d2e jane';
const PEM = '-----BEGIN OPENSSH PRIVATE KEY-----\n…\n-----END OPENSSH PRIVATE KEY-----\n';

/** SSH keys of people: one each, of which the public half is kept. */
@Injectable()
export class SshKeysRpc {
  constructor(
    private readonly keys: SshKeys,
    private readonly changes: SshKeyChanges,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'SpanKey.Key_Register',
    summary: 'Make a person an SSH key',
    description:
      'Gives the private key as OpenSSH writes it, not encrypted and never again; `SpanKey.Key_Export` makes a file of it. ' +
      'Replaces the key that the person has. `false`: `DSA`, a size that is not offered, a value out of range.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: ACT,
    params: RegisterKeyParams,
    result: TEXT_OR_FALSE,
    examples: [
      { summary: 'For a quarter', params: { dn: JANE, type: 'ECC', size: 256, expires: 90, maxuse: 0 }, result: PEM },
    ],
  })
  async register(
    { type, size, expires, maxuse }: RegisterKeyParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<string> {
    if (type === 'DSA') throw new DomainError('key-not-valid', { detail: 'type' });
    const key = await newSshKey({ type, size });
    const file = await this.keys.privateKeyFile(key, 'PEM', found.person.login);
    const limits = { expires, maxUse: maxuse };
    await this.database.transaction((tx) => this.keys.enrol(tx, holderOf(caller, found), sshPublicKey(key), limits));
    return file;
  }

  @RpcMethod({
    name: 'SpanKey.Key_Import',
    summary: 'Give a person an SSH key of their own',
    description:
      'RSA from 2048 bit, ECDSA or Ed25519. Replaces the key that the person has. `false`: no public key, DSA, a shorter ' +
      'one, a value out of range.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: ACT,
    params: ImportKeyParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'From a file', params: { dn: JANE, pubkey: LINE }, result: true }],
  })
  async import(
    { pubkey, expires, maxuse }: ImportKeyParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const key = readKey(pubkey);
    await this.database.transaction((tx) =>
      this.keys.enrol(tx, holderOf(caller, found), key, { expires, maxUse: maxuse }),
    );
    return true;
  }

  @RpcMethod({
    name: 'SpanKey.Key_Restrict',
    summary: 'Change how long and how often the SSH key of a person works',
    description: 'From now on; what is not given stays. `false`: the person has none, or nothing is given.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: ACT,
    params: RestrictKeyParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'For a day', params: { dn: JANE, expires: 1 }, result: true }],
  })
  restrict({ expires, maxuse }: RestrictKeyParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.changes.restrict(holderOf(caller, found), { days: expires, uses: maxuse });
  }

  @RpcMethod({
    name: 'SpanKey.Key_Unregister',
    summary: 'Take the SSH key of a person away',
    description: 'The person is told. `false`: the person has none.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: ACT,
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: true }],
  })
  unregister(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.changes.remove(holderOf(caller, found));
  }

  @RpcMethod({
    name: 'SpanKey.Key_Export',
    summary: 'Make a file for OpenSSH or PuTTY of a private key',
    description: 'With a pass phrase where one is given. Nothing is stored. `false`: no private key that can be read.',
    right: 'use-server',
    changes: false,
    params: ExportKeyParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'For PuTTY', params: { privkey: PEM, format: 'PPK' }, result: 'PuTTY-User-Key-File-3: …' }],
  })
  async export({ privkey, format, password }: ExportKeyParams): Promise<string> {
    const key = readPrivateKey(plainSecret(privkey));
    return this.keys.privateKeyFile(key, format, '', password ? plainSecret(password) : undefined);
  }
}

/** @throws DomainError `key-not-valid` */
function readKey(text: string): SshPublicKey {
  if (!text.includes('-----BEGIN')) return readSshPublicKey(text);
  const read = pemAsLine(text);
  if (read === undefined) throw new DomainError('key-not-valid', { detail: 'form' });
  // Read once more as a line, so that a key in PEM is held to the same rules.
  return readSshPublicKey(read);
}

function pemAsLine(pem: string): string | undefined {
  if (/PRIVATE KEY/.test(pem)) return undefined;
  try {
    const { type, blob } = sshPublicKey(createPublicKey(pem));
    return `${type} ${blob.toString('base64')}`;
  } catch {
    return undefined;
  }
}
