import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Set up a security key or passkey',
  lead: 'You sign in with a touch, a fingerprint or the PIN of the device. Have your key at hand, or use this phone or computer itself.',
  name: 'What do you call it?',
  nameHint: 'So that you recognise it later, for example: blue key, my phone',
  empty: 'Give it a name, so that you recognise it later.',
  next: 'Continue',
  readyTitle: 'Connect your key',
  readyLead: 'Press the button. The browser asks for your key and tells you what to do.',
  create: 'Set up now',
  again: 'Start again',
  unsupported:
    'This browser cannot use security keys at this address. Try another browser, or ask your help desk for another way to sign in.',
  known: 'This key is set up for you already. Use another one.',
  failed: 'The key was not set up: it was cancelled, or took too long. You can try again.',
  scripts: 'Security keys need JavaScript, which is switched off in this browser.',
  locked: 'This server cannot be used with security keys: it needs a public address with https and a domain name.',
  elsewhere: 'Browsers allow security keys only under another name of this server. Ask for a new link, and open it at',
};
type FidoTexts = typeof en;

const de: FidoTexts = {
  title: 'Richten Sie einen Sicherheitsschlüssel oder Passkey ein',
  lead: 'Sie melden sich mit einer Berührung, einem Fingerabdruck oder der PIN des Geräts an. Halten Sie Ihren Schlüssel bereit, oder nehmen Sie dieses Telefon oder diesen Computer selbst.',
  name: 'Wie nennen Sie ihn?',
  nameHint: 'Damit Sie ihn später wiedererkennen, zum Beispiel: blauer Schlüssel, mein Telefon',
  empty: 'Geben Sie ihm einen Namen, damit Sie ihn später wiedererkennen.',
  next: 'Weiter',
  readyTitle: 'Verbinden Sie Ihren Schlüssel',
  readyLead: 'Drücken Sie auf den Knopf. Der Browser fragt nach Ihrem Schlüssel und sagt, was zu tun ist.',
  create: 'Jetzt einrichten',
  again: 'Von vorn beginnen',
  unsupported:
    'Dieser Browser kann unter dieser Adresse keine Sicherheitsschlüssel verwenden. Versuchen Sie einen anderen Browser, oder fragen Sie Ihren Helpdesk nach einem anderen Weg.',
  known: 'Dieser Schlüssel ist für Sie schon eingerichtet. Nehmen Sie einen anderen.',
  failed:
    'Der Schlüssel wurde nicht eingerichtet: abgebrochen, oder es dauerte zu lange. Sie können es noch einmal versuchen.',
  scripts: 'Sicherheitsschlüssel brauchen JavaScript, das in diesem Browser abgeschaltet ist.',
  locked:
    'Mit diesem Server lassen sich keine Sicherheitsschlüssel verwenden: er braucht eine öffentliche Adresse mit https und einem Domainnamen.',
  elsewhere:
    'Browser erlauben Sicherheitsschlüssel nur unter einem anderen Namen dieses Servers. Bitten Sie um einen neuen Link und öffnen Sie ihn unter',
};

const fr: FidoTexts = {
  title: 'Configurez une clé de sécurité ou une clé d’accès',
  lead: 'Vous vous connectez d’un toucher, d’une empreinte ou du code PIN de l’appareil. Préparez votre clé, ou utilisez ce téléphone ou cet ordinateur lui-même.',
  name: 'Comment l’appelez-vous ?',
  nameHint: 'Pour la reconnaître plus tard, par exemple : clé bleue, mon téléphone',
  empty: 'Donnez-lui un nom, pour la reconnaître plus tard.',
  next: 'Continuer',
  readyTitle: 'Connectez votre clé',
  readyLead: 'Appuyez sur le bouton. Le navigateur demande votre clé et vous dit que faire.',
  create: 'Configurer maintenant',
  again: 'Recommencer',
  unsupported:
    'Ce navigateur ne peut pas utiliser de clé de sécurité à cette adresse. Essayez un autre navigateur, ou demandez un autre moyen à votre assistance.',
  known: 'Cette clé est déjà configurée pour vous. Prenez-en une autre.',
  failed: 'La clé n’a pas été configurée : annulée, ou trop tard. Vous pouvez réessayer.',
  scripts: 'Les clés de sécurité ont besoin de JavaScript, qui est désactivé dans ce navigateur.',
  locked:
    'Ce serveur ne permet pas les clés de sécurité : il lui faut une adresse publique avec https et un nom de domaine.',
  elsewhere:
    'Les navigateurs n’autorisent les clés de sécurité que sous un autre nom de ce serveur. Demandez un nouveau lien et ouvrez-le à l’adresse',
};

const ru: FidoTexts = {
  title: 'Настройте ключ безопасности или passkey',
  lead: 'Вход — прикосновением, отпечатком пальца или PIN-кодом устройства. Приготовьте ключ или используйте сам этот телефон или компьютер.',
  name: 'Как его назвать?',
  nameHint: 'Чтобы узнать его потом, например: синий ключ, мой телефон',
  empty: 'Дайте ему имя, чтобы узнать его потом.',
  next: 'Далее',
  readyTitle: 'Подключите ключ',
  readyLead: 'Нажмите кнопку. Браузер попросит ключ и подскажет, что делать.',
  create: 'Настроить',
  again: 'Начать сначала',
  unsupported:
    'Этот браузер не может использовать ключи безопасности по этому адресу. Попробуйте другой браузер или спросите службу поддержки о другом способе.',
  known: 'Этот ключ уже настроен для вас. Возьмите другой.',
  failed: 'Ключ не настроен: отменено или прошло слишком много времени. Можно попробовать ещё раз.',
  scripts: 'Для ключей безопасности нужен JavaScript, а в этом браузере он выключен.',
  locked: 'Этот сервер не может работать с ключами безопасности: ему нужен публичный адрес с https и доменным именем.',
  elsewhere:
    'Браузеры разрешают ключи безопасности только под другим именем этого сервера. Попросите новую ссылку и откройте её по адресу',
};

export const FIDO_TEXTS: Readonly<Record<Language, FidoTexts>> = { en, de, fr, ru };
