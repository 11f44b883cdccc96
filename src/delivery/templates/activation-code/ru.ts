import type { MessageTemplate } from '../template.js';

export const ru: MessageTemplate = {
  mail: {
    subject: 'Код активации токена (%ORGANISATION%)',
    text: `Здравствуйте, %FULLNAME%!

Вашей учётной записи «%USERNAME%» (%ORGANISATION%) назначен токен. Он заработает, как только вы введёте этот код.

%PASSCODE%

Код действует до %EXPIRES%.

Токен: %ITEM%
Где его ввести: %PAGE%

Никто из %ORGANISATION% и никто из службы поддержки никогда не спросит у вас этот код. Если вы не ждали токен, никому не передавайте код и сообщите в службу поддержки.`,
  },
  sms: `%PASSCODE% - код активации токена (%ORGANISATION%). Никому не сообщайте. Не ждали? Позвоните в поддержку.
Токен: %ITEM%
Действует до %EXPIRES%.
Где ввести: %PAGE%`,
};
