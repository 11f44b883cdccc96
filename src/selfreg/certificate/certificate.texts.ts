import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Set up a certificate',
  lead: 'With it you prove who you are to programs and web sites. Have one made with its key, or have a request signed that a program made for you.',
  make: 'Make a certificate with its key',
  requestHeading: 'I have a certificate request',
  request: 'Certificate request',
  requestHint: 'The text from -----BEGIN CERTIFICATE REQUEST----- to the end',
  sign: 'Sign the request',
  empty: 'Paste the certificate request.',
  made: 'Your certificate',
  password: 'Password of the file',
  file: 'Download the certificate with its key',
  signed: 'Your certificate is signed',
  until: 'Works until',
  copyHere: 'Certificate',
};
type CertificateTexts = typeof en;

const de: CertificateTexts = {
  title: 'Richten Sie ein Zertifikat ein',
  lead: 'Damit weisen Sie sich gegenüber Programmen und Websites aus. Lassen Sie eines mit seinem Schlüssel erzeugen, oder eine Anforderung signieren, die ein Programm für Sie erzeugt hat.',
  make: 'Zertifikat mit Schlüssel erzeugen',
  requestHeading: 'Ich habe eine Zertifikatsanforderung',
  request: 'Zertifikatsanforderung',
  requestHint: 'Der Text von -----BEGIN CERTIFICATE REQUEST----- bis zum Ende',
  sign: 'Anforderung signieren',
  empty: 'Fügen Sie die Zertifikatsanforderung ein.',
  made: 'Ihr Zertifikat',
  password: 'Passwort der Datei',
  file: 'Zertifikat mit Schlüssel herunterladen',
  signed: 'Ihr Zertifikat ist signiert',
  until: 'Gilt bis',
  copyHere: 'Zertifikat',
};

const fr: CertificateTexts = {
  title: 'Configurez un certificat',
  lead: 'Avec lui vous prouvez qui vous êtes aux programmes et aux sites web. Faites-en créer un avec sa clé, ou faites signer une demande qu’un programme a créée pour vous.',
  make: 'Créer un certificat avec sa clé',
  requestHeading: 'J’ai une demande de certificat',
  request: 'Demande de certificat',
  requestHint: 'Le texte de -----BEGIN CERTIFICATE REQUEST----- jusqu’à la fin',
  sign: 'Signer la demande',
  empty: 'Collez la demande de certificat.',
  made: 'Votre certificat',
  password: 'Mot de passe du fichier',
  file: 'Télécharger le certificat avec sa clé',
  signed: 'Votre certificat est signé',
  until: 'Valable jusqu’au',
  copyHere: 'Certificat',
};

const ru: CertificateTexts = {
  title: 'Настройте сертификат',
  lead: 'С ним вы подтверждаете, кто вы, программам и сайтам. Создайте сертификат с ключом или подпишите запрос, который создала для вас программа.',
  make: 'Создать сертификат с ключом',
  requestHeading: 'У меня есть запрос на сертификат',
  request: 'Запрос на сертификат',
  requestHint: 'Текст от -----BEGIN CERTIFICATE REQUEST----- до конца',
  sign: 'Подписать запрос',
  empty: 'Вставьте запрос на сертификат.',
  made: 'Ваш сертификат',
  password: 'Пароль файла',
  file: 'Скачать сертификат с ключом',
  signed: 'Сертификат подписан',
  until: 'Действует до',
  copyHere: 'Сертификат',
};

export const CERTIFICATE_TEXTS: Readonly<Record<Language, CertificateTexts>> = { en, de, fr, ru };
