import type { MessageTemplate } from '../template.js';

export const ru: MessageTemplate = {
  mail: {
    subject: 'Ваш PIN-код (%ORGANISATION%)',
    text: `Здравствуйте, %FULLNAME%!

Это PIN-код, запрошенный для вашей учётной записи «%USERNAME%» (%ORGANISATION%).

%PIN%

Код срабатывает один раз и действует до %EXPIRES%.

Для чего он: %ITEM%
Запросил: %ADMIN%
Запрошено неизвестно кем, с адреса: %ADDRESS%

Вводите его только там, где вас сейчас о нём просят. Никому из %ORGANISATION% и никому из службы поддержки он не нужен в письме или чате. Если вы не ждёте кода, не обращайте внимания на это письмо: без него ничего не произойдёт.`,
  },
  sms: `%PIN% - ваш PIN-код (%ORGANISATION%). Не запрашивали? Не обращайте внимания.
Для чего: %ITEM%
Действует до %EXPIRES%.`,
};
