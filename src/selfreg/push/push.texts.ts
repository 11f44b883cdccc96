import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Approve sign-ins on this phone or browser',
  lead: 'When you sign in somewhere, this device shows a request and you approve it. What you open this page with becomes the device: for a phone, open the link on the phone.',
  name: 'What do you call this device?',
  nameHint: 'So that you recognise it later, for example: my phone',
  empty: 'Give it a name, so that you recognise it later.',
  next: 'Continue',
  readyTitle: 'Set up this device',
  readyLead: 'Press the button. A key is made that stays in this browser and cannot be copied from it.',
  create: 'Set up this device',
  again: 'Start again',
  scripts: 'This needs JavaScript, which is switched off in this browser.',
  unsupported:
    'This browser cannot keep a key at this address. Use a current browser, outside a private window, and open the page with https.',
  failed: 'The key was not made. You can try again.',
  full: 'You have as many devices as you may. Have one of them removed first.',
  doneTitle: 'This device is set up',
  doneLead:
    'Requests appear on the page “Approve sign-ins”. Open it now, and put it on your home screen or keep it open.',
  open: 'Open “Approve sign-ins”',
};
type PushTexts = typeof en;

const de: PushTexts = {
  title: 'Auf diesem Telefon oder Browser bestätigen',
  lead: 'Wenn Sie sich irgendwo anmelden, zeigt dieses Gerät eine Anfrage, und Sie bestätigen sie. Womit Sie diese Seite öffnen, das wird das Gerät: für ein Telefon öffnen Sie den Link auf dem Telefon.',
  name: 'Wie nennen Sie dieses Gerät?',
  nameHint: 'Damit Sie es später wiedererkennen, zum Beispiel: mein Telefon',
  empty: 'Geben Sie ihm einen Namen, damit Sie es später wiedererkennen.',
  next: 'Weiter',
  readyTitle: 'Richten Sie dieses Gerät ein',
  readyLead:
    'Drücken Sie auf den Knopf. Es entsteht ein Schlüssel, der in diesem Browser bleibt und sich nicht herauskopieren lässt.',
  create: 'Dieses Gerät einrichten',
  again: 'Von vorn beginnen',
  scripts: 'Dafür wird JavaScript gebraucht, das in diesem Browser abgeschaltet ist.',
  unsupported:
    'Dieser Browser kann unter dieser Adresse keinen Schlüssel aufbewahren. Nehmen Sie einen aktuellen Browser, kein privates Fenster, und öffnen Sie die Seite mit https.',
  failed: 'Der Schlüssel ist nicht entstanden. Sie können es noch einmal versuchen.',
  full: 'Sie haben so viele Geräte, wie Sie haben dürfen. Lassen Sie zuerst eines entfernen.',
  doneTitle: 'Dieses Gerät ist eingerichtet',
  doneLead:
    'Anfragen erscheinen auf der Seite „Anmeldungen bestätigen“. Öffnen Sie sie jetzt, und legen Sie sie auf den Startbildschirm, oder lassen Sie sie offen.',
  open: '„Anmeldungen bestätigen“ öffnen',
};

const fr: PushTexts = {
  title: 'Approuver sur ce téléphone ou navigateur',
  lead: 'Quand vous vous connectez quelque part, cet appareil affiche une demande et vous l’approuvez. L’appareil est celui avec lequel vous ouvrez cette page : pour un téléphone, ouvrez le lien sur le téléphone.',
  name: 'Comment appelez-vous cet appareil ?',
  nameHint: 'Pour le reconnaître plus tard, par exemple : mon téléphone',
  empty: 'Donnez-lui un nom, pour le reconnaître plus tard.',
  next: 'Continuer',
  readyTitle: 'Configurez cet appareil',
  readyLead: 'Appuyez sur le bouton. Une clé est créée ; elle reste dans ce navigateur et ne peut pas en être copiée.',
  create: 'Configurer cet appareil',
  again: 'Recommencer',
  scripts: 'Il faut JavaScript, qui est désactivé dans ce navigateur.',
  unsupported:
    'Ce navigateur ne peut pas garder de clé à cette adresse. Prenez un navigateur récent, hors navigation privée, et ouvrez la page en https.',
  failed: 'La clé n’a pas été créée. Vous pouvez réessayer.',
  full: 'Vous avez autant d’appareils que permis. Faites-en d’abord supprimer un.',
  doneTitle: 'Cet appareil est configuré',
  doneLead:
    'Les demandes apparaissent sur la page « Approuver les connexions ». Ouvrez-la maintenant, et ajoutez-la à l’écran d’accueil ou gardez-la ouverte.',
  open: 'Ouvrir « Approuver les connexions »',
};

const ru: PushTexts = {
  title: 'Подтверждать на этом телефоне или в браузере',
  lead: 'Когда вы куда-то входите, это устройство показывает запрос, и вы его подтверждаете. Устройством станет то, на чём открыта эта страница: для телефона откройте ссылку на телефоне.',
  name: 'Как назвать это устройство?',
  nameHint: 'Чтобы узнать его потом, например: мой телефон',
  empty: 'Дайте ему имя, чтобы узнать его потом.',
  next: 'Далее',
  readyTitle: 'Настройте это устройство',
  readyLead: 'Нажмите кнопку. Будет создан ключ, который остаётся в этом браузере и не может быть скопирован.',
  create: 'Настроить это устройство',
  again: 'Начать сначала',
  scripts: 'Для этого нужен JavaScript, а в этом браузере он выключен.',
  unsupported:
    'По этому адресу браузер не может хранить ключ. Возьмите современный браузер, не приватное окно, и откройте страницу по https.',
  failed: 'Ключ не создан. Можно попробовать ещё раз.',
  full: 'У вас уже столько устройств, сколько можно. Сначала попросите удалить одно из них.',
  doneTitle: 'Устройство настроено',
  doneLead:
    'Запросы появляются на странице «Подтверждение входа». Откройте её сейчас и добавьте на главный экран или держите открытой.',
  open: 'Открыть «Подтверждение входа»',
};

export const PUSH_TEXTS: Readonly<Record<Language, PushTexts>> = { en, de, fr, ru };
