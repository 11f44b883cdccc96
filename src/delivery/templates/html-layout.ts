import type { Language } from '../../core/web/language/languages.js';
import { escapeHtml } from './escape-html.js';
import { isButton, isCode, type Paragraph, valueOf } from './paragraphs.js';
import { substitute } from './template.js';
import type { Values } from './values.js';

/** The words of the frame around every mail. */
const FRAME: Record<Language, { plainLink: string; automatic: string }> = {
  en: {
    plainLink: 'If the button does not work, copy this address into your browser:',
    automatic: 'Sent automatically on behalf of',
  },
  de: {
    plainLink: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    automatic: 'Automatisch versandt im Auftrag von',
  },
  fr: {
    plainLink: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
    automatic: 'Envoyé automatiquement pour le compte de',
  },
  ru: {
    plainLink: 'Если кнопка не работает, скопируйте этот адрес в браузер:',
    automatic: 'Отправлено автоматически от имени',
  },
};

const FONT = `font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif`;

/** Light colours stand inline, for clients that drop style sheets; dark ones where a client asks for them. */
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#0f151b!important}
.card{background:#182029!important;border-color:#2a3641!important}
.text,.brand{color:#e9eef2!important}
.quiet{color:#a6b3bf!important}
.address{color:#8ac6ee!important}
.button{background:#8ac6ee!important;border-color:#8ac6ee!important;color:#06202f!important}
.rule{border-color:#2a3641!important}
}`.replaceAll('\n', '');

export interface HtmlMail {
  readonly language: Language;
  readonly subject: string;
  readonly paragraphs: readonly Paragraph[];
  readonly values: Values;
  /** Label of the button. */
  readonly button: string | undefined;
}

/**
 * The one layout of all mails: inline styles, no images, nothing fetched from anywhere, one column that also reads well
 * where style sheets are dropped. Every value is escaped.
 */
export function htmlMail({ language, subject, paragraphs, values, button }: HtmlMail): string {
  const organisation = escapeHtml(values.ORGANISATION);
  const body = paragraphs.map((paragraph) => {
    if (isButton(paragraph)) return buttonHtml(values.LINK, button ?? subject, FRAME[language].plainLink);
    return isCode(paragraph) ? codeHtml(paragraph, values) : textHtml(paragraph, values);
  });
  return `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escapeHtml(subject)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f6f8;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader(paragraphs, values)}</div>
<div class="page" role="article" aria-label="${escapeHtml(subject)}" lang="${language}" style="background:#f4f6f8;padding:24px 12px">
<!--[if mso]><table role="presentation" align="center" width="560" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<div class="card" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #dde3e8;border-radius:10px;padding:28px">
<p class="brand" style="margin:0 0 20px;${FONT};font-size:15px;line-height:22px;font-weight:600;color:#15202b">${organisation}</p>
${body.join('\n')}
<hr class="rule" style="border:0;border-top:1px solid #dde3e8;margin:24px 0 16px">
<p class="quiet" style="margin:0;${FONT};font-size:13px;line-height:20px;color:#55636f">${FRAME[language].automatic} ${organisation}.</p>
</div>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;
}

function textHtml(paragraph: Paragraph, values: Values): string {
  const lines = paragraph.map((line) => lineHtml(line, values));
  return `<p class="text" style="margin:0 0 16px;${FONT};font-size:16px;line-height:25px;color:#15202b;overflow-wrap:break-word">${lines.join('<br>')}</p>`;
}

/** A code, large and spaced, in figures of one width. */
function codeHtml(paragraph: Paragraph, values: Values): string {
  const lines = paragraph.map((line) => lineHtml(line, values));
  return `<p class="text" style="margin:8px 0 20px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:600;color:#15202b">${lines.join('<br>')}</p>`;
}

/** The template's own words and the values, each escaped; a link inside a sentence becomes an anchor. */
function lineHtml(line: string, values: Values): string {
  return substitute(escapeHtml(line), (variable) => {
    const value = escapeHtml(valueOf(variable, values));
    return variable === 'LINK' && isWebAddress(values.LINK) ? anchor(value, 'text-decoration:underline') : value;
  });
}

function buttonHtml(link: string, label: string, plainLink: string): string {
  const address = escapeHtml(link);
  if (!isWebAddress(link)) return textHtml(['%LINK%'], { LINK: link } as Values);
  return `<p style="margin:8px 0 20px"><a class="button" href="${address}" style="display:inline-block;background:#0e5a8a;border:1px solid #0e5a8a;border-radius:8px;padding:13px 22px;${FONT};font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;mso-padding-alt:0">${escapeHtml(label)}</a></p>
<p class="quiet" style="margin:0 0 20px;${FONT};font-size:13px;line-height:20px;color:#55636f;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(plainLink)}<br>${anchor(address, 'text-decoration:underline')}</p>`;
}

function anchor(address: string, style: string): string {
  return `<a class="address" href="${address}" style="color:#0e5a8a;${style}">${address}</a>`;
}

/** The line that mail programs show beside the subject: the first sentence after the greeting. */
function preheader(paragraphs: readonly Paragraph[], values: Values): string {
  const line = paragraphs.slice(1).find((paragraph) => !isButton(paragraph) && !isCode(paragraph))?.[0] ?? '';
  return substitute(escapeHtml(line), (variable) => (variable === 'LINK' ? '' : escapeHtml(valueOf(variable, values))));
}

function isWebAddress(link: string): boolean {
  return URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
}
