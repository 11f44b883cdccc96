import { Injectable } from '@nestjs/common';
import { KeyRing } from '../core/crypto/key-ring.js';
import { Configuration, type ConfigurationSnapshot } from '../core/domains/configuration.js';
import { Clock } from '../core/time/clock.js';
import { organisationName, timeZone } from './delivery-settings.js';
import { LETTER, type LetterText } from './letters/letter.js';
import { letterMail, letterSms } from './letters/write-letter.js';
import { type MessageContent, openContent } from './message-content.js';
import type { Message } from './message.entity.js';
import type { MessagePurpose } from './outbox.js';
import { CATALOGUE } from './templates/catalogue.js';
import { chooseMail, chooseSms } from './templates/choose-template.js';
import { MAIL_COMMENT_LENGTH, renderMail, renderSms, SMS_COMMENT_LENGTH } from './templates/render.js';
import { defaultLanguage, mailTemplates, smsTemplates } from './templates/template-settings.js';
import { readableValues, type ValueContext } from './templates/values.js';
import { DeliveryRefusal, type OutgoingMail, type OutgoingSms } from './transport/transport.js';

/** Writes a message at the moment of its attempt, so that texts and settings in force then apply. */
@Injectable()
export class MessageWriter {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** @throws DeliveryRefusal for good when there is nothing to write it from */
  async mail(message: Message): Promise<OutgoingMail> {
    const content = this.open(message);
    const { purpose } = message;
    if (purpose === LETTER) return letterMail({ id: message.id, to: content.to }, letterIn(content));
    const snapshot = await this.configuration.snapshot();
    const { language, template } = chooseMail(
      wish(message, purpose, snapshot),
      snapshot.setting(mailTemplates, message.domainId),
    );
    const context = { language, style: 'long', commentLength: MAIL_COMMENT_LENGTH } as const;
    const values = readableValues(content.variables, withSettings(context, message, snapshot));
    return { id: message.id, to: content.to, language, ...renderMail(template, language, values) };
  }

  /** @throws DeliveryRefusal for good when there is nothing to write it from */
  async sms(message: Message): Promise<OutgoingSms> {
    const content = this.open(message);
    const { purpose } = message;
    if (purpose === LETTER) return letterSms({ id: message.id, to: content.to }, letterIn(content));
    const snapshot = await this.configuration.snapshot();
    const { language, template } = chooseSms(
      wish(message, purpose, snapshot),
      snapshot.setting(smsTemplates, message.domainId),
    );
    const context = { language, style: 'short', commentLength: SMS_COMMENT_LENGTH } as const;
    const values = readableValues(content.variables, withSettings(context, message, snapshot));
    return { id: message.id, to: content.to, text: renderSms(template, values) };
  }

  private open(message: Message): MessageContent {
    let content: MessageContent | undefined;
    try {
      content = message.content === null ? undefined : openContent(this.keyRing, message.content);
    } catch (error) {
      throw DeliveryRefusal.forGood('template', 'the content cannot be opened with the keys of the key ring', {
        cause: error,
      });
    }
    const essential = message.purpose === LETTER ? undefined : CATALOGUE[message.purpose].essential;
    if (!content || (essential && !content.variables[essential])) {
      const missing = essential?.toLowerCase() ?? 'content';
      throw DeliveryRefusal.forGood('template', `there is no ${missing} to put into the text`);
    }
    if (essential === 'PASSCODE' || essential === 'PIN') this.refuseDeadCode(content);
    return content;
  }

  /** A passcode or PIN whose few minutes were over while its message waited would only puzzle a person. */
  private refuseDeadCode({ variables: { EXPIRES = '' } }: MessageContent): void {
    if (new Date(EXPIRES) <= this.clock.now()) {
      throw DeliveryRefusal.forGood('withdrawn', 'the code was not valid any more');
    }
  }
}

function letterIn({ letter }: MessageContent): LetterText {
  if (!letter) throw DeliveryRefusal.forGood('template', 'there is no text in the letter');
  return letter;
}

function wish(
  message: Pick<Message, 'language' | 'domainId'>,
  purpose: MessagePurpose,
  snapshot: ConfigurationSnapshot,
) {
  return {
    purpose,
    language: message.language ?? undefined,
    defaultLanguage: snapshot.setting(defaultLanguage, message.domainId),
  };
}

function withSettings(
  context: Pick<ValueContext, 'language' | 'style' | 'commentLength'>,
  message: Message,
  snapshot: ConfigurationSnapshot,
): ValueContext {
  return {
    ...context,
    timeZone: snapshot.setting(timeZone, message.domainId),
    organisation: snapshot.setting(organisationName, message.domainId),
  };
}
