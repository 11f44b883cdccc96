import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import type { Page } from '../../core/web/page/page.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemArea, ItemField, ItemForm, ItemSelect } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS } from '../pages/keep-buttons.js';
import { SecretOnce } from '../pages/secret-once.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { KEY_TYPES, LIMITS, type NewKeyWish, SSH_FIELDS } from './new-key-wish.js';
import { SSH_KEY_TEXTS } from './ssh-key.texts.js';

interface FormProps {
  readonly item: ItemVisit;
  readonly paste: FormTarget;
  readonly make: FormTarget;
  readonly problem: ItemProblem | undefined;
}

/** A field for a public key, and what can be chosen of a new one. */
export function formPage({ item, paste, make, problem }: FormProps): Page {
  const { visit, offer } = item;
  const texts = SSH_KEY_TEXTS[visit.language];
  const place = <SlotChoice language={visit.language} offer={offer} />;
  return itemPage({
    item,
    title: texts.title,
    lead: texts.lead,
    problem,
    children: (
      <>
        <ItemForm visit={visit} {...paste} button={texts.paste}>
          <ItemArea
            name={SSH_FIELDS.publicKey}
            label={texts.publicKey}
            hint={texts.publicKeyHint}
            rows={4}
            problem={problem}
          />
          {place}
        </ItemForm>
        <details open={problem !== undefined && problem.field === undefined}>
          <summary>{texts.makeHeading}</summary>
          <ItemForm visit={visit} {...make} button={texts.make}>
            <ItemSelect name={SSH_FIELDS.type} label={texts.type} options={KEY_TYPES} selected="Ed25519" />
            <ItemSelect
              name={SSH_FIELDS.format}
              label={texts.format}
              options={[
                { value: 'PEM', text: texts.openssh },
                { value: 'PPK', text: texts.putty },
              ]}
              selected="PEM"
            />
            <ItemField
              name={SSH_FIELDS.passphrase}
              label={texts.passphrase}
              hint={texts.passphraseHint}
              type="password"
              autocomplete="new-password"
              maxLength={200}
              optional
            />
            <ItemField
              name={SSH_FIELDS.days}
              label={texts.days}
              hint={texts.unlimited(LIMITS.days)}
              value="0"
              inputMode="numeric"
            />
            <ItemField
              name={SSH_FIELDS.uses}
              label={texts.uses}
              hint={texts.unlimited(LIMITS.uses)}
              value="0"
              inputMode="numeric"
            />
            {place}
          </ItemForm>
        </details>
      </>
    ),
  });
}

interface StoredProps {
  readonly item: ItemVisit;
  readonly fingerprint: string;
  readonly completed: boolean;
  /** The private key of one that was made here. */
  readonly made?: { readonly file: PlainSecret; readonly wish: NewKeyWish };
}

/** The key is set up; its private half, if it was made here, is in this one answer and nowhere else. */
export function storedPage({ item, fingerprint, completed, made }: StoredProps): Page {
  const { language } = item.visit;
  const texts = SSH_KEY_TEXTS[language];
  return itemPage({
    item,
    title: made ? texts.made : texts.stored,
    sign: 'done',
    back: !completed,
    scripts: made ? KEEP_SCRIPTS : [],
    children: (
      <>
        {made && (
          <SecretOnce
            language={language}
            label={texts.privateKey}
            secret={made.file}
            file={made.wish.format === 'PPK' ? 'key.ppk' : `id_${made.wish.choice.type.toLowerCase()}`}
            long
          />
        )}
        <Facts>
          <Fact name={texts.fingerprint}>
            <code class="key">{fingerprint}</code>
          </Fact>
        </Facts>
      </>
    ),
  });
}
