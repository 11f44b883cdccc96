import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { newSshKey } from '../../tokens/kinds/ssh-key/new-ssh-key.js';
import { SshKeys } from '../../tokens/kinds/ssh-key/ssh-keys.js';
import { fingerprint, readSshPublicKey, sshPublicKey } from '../../tokens/kinds/ssh-key/ssh-public-key.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { itemPath } from '../pages/site.js';
import { formPage, storedPage } from './key-pages.js';
import { readNewKeyWish, SSH_FIELDS } from './new-key-wish.js';
import { SSH_KEY_TEXTS } from './ssh-key.texts.js';

const PATH = itemPath('SSHKey');
const MAKE_PATH = `${PATH}/make`;

/** Enrolling an SSH key: a pasted public key, or a new pair whose private half is shown once (section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class SshKeyPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly keys: SshKeys,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'SSHKey');
    if (item) this.send(reply, item);
  }

  @Post()
  async paste(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'SSHKey');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const line = fields.text(SSH_FIELDS.publicKey).trim();
    if (line === '') {
      const { empty } = SSH_KEY_TEXTS[item.visit.language];
      return this.send(reply, item, { field: SSH_FIELDS.publicKey, text: empty });
    }
    try {
      // A filled place is asked about before anything is replaced.
      readPlacement(fields, item.offer);
      const key = readSshPublicKey(line);
      const { completed } = await this.desk.store(item, (tx) => this.keys.enrol(tx, item.holder, key));
      const page = storedPage({ item, fingerprint: fingerprint(key), completed });
      this.desk.sendLast(reply, item, page, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, { ...problem, field: SSH_FIELDS.publicKey });
    }
  }

  @Post('make')
  async make(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'SSHKey');
    if (!item) return;
    const fields = await this.desk.costlyForm(request, item, MAKE_PATH);
    try {
      readPlacement(fields, item.offer);
      const wish = readNewKeyWish(fields);
      const { person, domain } = item.session.opened.found;
      const pair = await newSshKey(wish.choice);
      const comment = `${person.login}@${domain.name}`;
      const file = await this.keys.privateKeyFile(pair, wish.format, comment, wish.passphrase);
      const key = sshPublicKey(pair);
      const { completed } = await this.desk.store(item, (tx) => this.keys.enrol(tx, item.holder, key, wish.limits));
      const page = storedPage({ item, fingerprint: fingerprint(key), completed, made: { file, wish } });
      this.desk.sendLast(reply, item, page, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, problem);
    }
  }

  private send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): void {
    const paste = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    const make = { action: MAKE_PATH, csrf: this.desk.csrf(item, MAKE_PATH) };
    this.desk.send(reply, item, formPage({ item, paste, make, problem }));
  }
}
