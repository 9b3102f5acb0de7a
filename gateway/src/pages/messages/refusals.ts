import type { Language } from '@polity/kernel/pages/language';

type Said = Readonly<Record<Language, string>>;

/** What people read for a code of the graph. */
const CODES: Readonly<Record<string, Said>> = {
  INVALID_CREDENTIALS: {
    en: 'That is not right. Check what you typed.',
    ru: 'Неверно. Проверьте, что вы ввели.',
    de: 'Das stimmt nicht. Prüfen Sie Ihre Eingabe.',
    da: 'Det er ikke rigtigt. Tjek, hvad du skrev.',
  },
  RATE_LIMITED: {
    en: 'Too many tries. Wait a while, then try again.',
    ru: 'Слишком много попыток. Подождите немного и попробуйте снова.',
    de: 'Zu viele Versuche. Warten Sie eine Weile und versuchen Sie es dann noch einmal.',
    da: 'For mange forsøg. Vent lidt, og prøv så igen.',
  },
  TOKEN_INVALID: {
    en: 'This link or sign-in is not valid any more. Ask for a new link, or sign in again.',
    ru: 'Ссылка или начатый вход больше не действуют. Запросите новую ссылку или войдите снова.',
    de: 'Dieser Link oder diese Anmeldung gilt nicht mehr. Fordern Sie einen neuen Link an oder melden Sie sich noch einmal an.',
    da: 'Linket eller det påbegyndte login gælder ikke længere. Bed om et nyt link, eller log ind igen.',
  },
  AUTHORIZATION_OVER: {
    en: 'This sign-in to an application is over, or was begun in another browser. Start again at the application.',
    ru: 'Этот вход в приложение завершён или начат в другом браузере. Начните снова в приложении.',
    de: 'Diese Anmeldung bei einer Anwendung ist vorbei oder wurde in einem anderen Browser begonnen. Beginnen Sie noch einmal bei der Anwendung.',
    da: 'Dette login til et program er forbi eller blev begyndt i en anden browser. Begynd igen i programmet.',
  },
  DEVICE_CODE_INVALID: {
    en: 'This code is not right, was used, or is more than ten minutes old. Look at your device again.',
    ru: 'Этот код неверен, уже использован или старше десяти минут. Посмотрите на устройство ещё раз.',
    de: 'Dieser Code stimmt nicht, ist verbraucht oder älter als zehn Minuten. Sehen Sie noch einmal auf Ihr Gerät.',
    da: 'Koden er forkert, brugt eller mere end ti minutter gammel. Se på din enhed igen.',
  },
  PASSKEY_INVALID: {
    en: 'This passkey is not accepted. Try again, or choose another way.',
    ru: 'Этот ключ доступа не принят. Попробуйте ещё раз или выберите другой способ.',
    de: 'Dieser Passkey wird nicht angenommen. Versuchen Sie es noch einmal oder auf anderem Weg.',
    da: 'Adgangsnøglen blev ikke godtaget. Prøv igen, eller vælg en anden måde.',
  },
  INVITATION_INVALID: {
    en: 'This invitation is not good any more. Ask for a new one.',
    ru: 'Это приглашение больше не действует. Попросите новое.',
    de: 'Diese Einladung gilt nicht mehr. Bitten Sie um eine neue.',
    da: 'Invitationen gælder ikke længere. Bed om en ny.',
  },
  INVITATION_OUTDATED: {
    en: 'Whoever invited you may not do so any more. Ask for a new invitation.',
    ru: 'Пригласивший вас больше не вправе приглашать. Попросите новое приглашение.',
    de: 'Wer Sie eingeladen hat, darf das nicht mehr. Bitten Sie um eine neue Einladung.',
    da: 'Den, der inviterede dig, må det ikke længere. Bed om en ny invitation.',
  },
  ALREADY_EXISTS: {
    en: 'This is taken, or you are a member already.',
    ru: 'Это уже занято, или вы уже участник.',
    de: 'Das ist vergeben, oder Sie sind schon Mitglied.',
    da: 'Det er optaget, eller du er allerede medlem.',
  },
  FORBIDDEN: {
    en: 'This is not allowed here.',
    ru: 'Здесь это не разрешено.',
    de: 'Das ist hier nicht erlaubt.',
    da: 'Det er ikke tilladt her.',
  },
  NOT_FOUND: {
    en: 'This is not there any more.',
    ru: 'Этого больше нет.',
    de: 'Das gibt es nicht mehr.',
    da: 'Det findes ikke længere.',
  },
  CONFLICT: {
    en: 'Something else stands in the way of this. Look at your account, then try again.',
    ru: 'Этому мешает что-то другое. Посмотрите учётную запись и попробуйте снова.',
    de: 'Dem steht etwas anderes entgegen. Sehen Sie in Ihr Konto und versuchen Sie es dann noch einmal.',
    da: 'Noget andet står i vejen. Se på din konto, og prøv så igen.',
  },
  LAST_SIGN_IN_METHOD: {
    en: 'This is the only way into your account. Add another one first.',
    ru: 'Это единственный способ войти в учётную запись. Сначала добавьте другой.',
    de: 'Das ist der einzige Weg in Ihr Konto. Fügen Sie zuerst einen anderen hinzu.',
    da: 'Det er den eneste vej ind til din konto. Tilføj en anden først.',
  },
  LAST_OWNER: {
    en: 'You are the only owner of a tenant. Make somebody else an owner first.',
    ru: 'Вы единственный владелец сообщества. Сначала назначьте другого владельца.',
    de: 'Sie sind der einzige Eigentümer. Machen Sie zuerst jemand anderen zum Eigentümer.',
    da: 'Du er den eneste ejer. Gør først en anden til ejer.',
  },
  LAST_ADMINISTRATOR: {
    en: 'You are the last administrator of this installation.',
    ru: 'Вы последний администратор этой установки.',
    de: 'Sie sind der letzte Administrator dieser Installation.',
    da: 'Du er den sidste administrator af denne installation.',
  },
  UPSTREAM_REFUSED: {
    en: 'This sign-in at the other service was not accepted. Begin it again, or choose another way.',
    ru: 'Вход через другую службу не принят. Начните снова или выберите другой способ.',
    de: 'Die Anmeldung bei dem anderen Dienst wurde nicht angenommen. Beginnen Sie noch einmal, oder wählen Sie einen anderen Weg.',
    da: 'Login hos den anden tjeneste blev ikke godtaget. Begynd igen, eller vælg en anden måde.',
  },
  UPSTREAM_UNAVAILABLE: {
    en: 'The other service does not answer. Try again in a moment, or choose another way.',
    ru: 'Другая служба не отвечает. Попробуйте чуть позже или выберите другой способ.',
    de: 'Der andere Dienst antwortet nicht. Versuchen Sie es gleich noch einmal oder auf anderem Weg.',
    da: 'Den anden tjeneste svarer ikke. Prøv igen om lidt, eller vælg en anden måde.',
  },
  UPSTREAM_UNKNOWN: {
    en: 'No account here is linked with that one. Sign in another way and link it in your account, or ask for an invitation.',
    ru: 'Здесь ни одна учётная запись не связана с той. Войдите другим способом и свяжите её в своей учётной записи или попросите приглашение.',
    de: 'Hier ist kein Konto mit jenem verknüpft. Melden Sie sich anders an und verknüpfen Sie es in Ihrem Konto, oder bitten Sie um eine Einladung.',
    da: 'Ingen konto her er forbundet med den. Log ind på en anden måde og forbind den i din konto, eller bed om en invitation.',
  },
  OWN_PROOF_NEEDED: {
    en: 'A second factor is needed here. Sign in with your password, a passkey or a mailed link first, and set one up in your account.',
    ru: 'Здесь нужен второй фактор. Сначала войдите с паролем, ключом доступа или по ссылке из письма и настройте его в учётной записи.',
    de: 'Hier ist ein zweiter Faktor nötig. Melden Sie sich zuerst mit Passwort, Passkey oder Link aus einer Mail an und richten Sie ihn in Ihrem Konto ein.',
    da: 'Her kræves en ekstra faktor. Log først ind med adgangskode, adgangsnøgle eller et tilsendt link, og opsæt den i din konto.',
  },
  FORM_EXPIRED: {
    en: 'The form did not come from this page, or is too old. Here it is again.',
    ru: 'Форма пришла не с этой страницы или устарела. Вот она снова.',
    de: 'Das Formular kam nicht von dieser Seite oder ist zu alt. Hier ist es noch einmal.',
    da: 'Formularen kom ikke fra denne side eller er for gammel. Her er den igen.',
  },
  VALIDATION_ERROR: {
    en: 'Something is missing or not right. Look at what is marked.',
    ru: 'Чего-то не хватает или что-то неверно. Посмотрите на отмеченное.',
    de: 'Etwas fehlt oder stimmt nicht. Sehen Sie sich das Markierte an.',
    da: 'Noget mangler eller er ikke rigtigt. Se på det markerede.',
  },
};

const ANY: Said = {
  en: 'Something went wrong on our side. Try again in a moment.',
  ru: 'Что-то пошло не так у нас. Попробуйте ещё раз чуть позже.',
  de: 'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.',
  da: 'Noget gik galt hos os. Prøv igen om lidt.',
};

/** What people read for what is wrong with one field, by what the graph says of it. */
const PROBLEMS: readonly [says: RegExp, said: Said][] = [
  [
    /at least 15 characters/,
    {
      en: 'needs at least 15 characters',
      ru: 'Нужно не меньше 15 знаков.',
      de: 'Mindestens 15 Zeichen sind nötig.',
      da: 'Mindst 15 tegn er nødvendige.',
    },
  ],
  [
    /most used passwords|common word|row of keys|repeats itself/,
    {
      en: 'is easy to guess; choose another one',
      ru: 'Его легко угадать; выберите другой.',
      de: 'Es ist leicht zu erraten; wählen Sie ein anderes.',
      da: 'Den er let at gætte; vælg en anden.',
    },
  ],
  [
    /found in a breach/,
    {
      en: 'was found in a breach: others know and try it',
      ru: 'Он найден в утечке: его знают и пробуют другие.',
      de: 'Es stammt aus einem Datenleck: Andere kennen und probieren es.',
      da: 'Den er fundet i et datalæk: andre kender og prøver den.',
    },
  ],
  [
    /too close to your name/,
    {
      en: 'is too close to your name or address',
      ru: 'Слишком похоже на ваше имя или адрес.',
      de: 'Zu nah an Ihrem Namen oder Ihrer Adresse.',
      da: 'Den ligner dit navn eller din adresse for meget.',
    },
  ],
  [
    /not an e-mail address/,
    {
      en: 'is not an e-mail address',
      ru: 'Это не адрес электронной почты.',
      de: 'Das ist keine E-Mail-Adresse.',
      da: 'Det er ikke en e-mailadresse.',
    },
  ],
  [
    /3 to 32 characters/,
    {
      en: 'needs 3 to 32 characters: lower-case letters, digits, dots, dashes, underscores',
      ru: 'От 3 до 32 знаков: строчные латинские буквы, цифры, точки, дефисы, подчёркивания.',
      de: '3 bis 32 Zeichen: Kleinbuchstaben, Ziffern, Punkte, Binde- und Unterstriche.',
      da: '3 til 32 tegn: små bogstaver, tal, punktummer, bindestreger, understregninger.',
    },
  ],
  [
    /1 to (60|80) characters/,
    {
      en: 'needs 1 to 60 characters',
      ru: 'От 1 до 60 знаков.',
      de: '1 bis 60 Zeichen.',
      da: '1 til 60 tegn.',
    },
  ],
  [/is reserved|is taken/, { en: 'is taken', ru: 'Уже занято.', de: 'Das ist vergeben.', da: 'Det er optaget.' }],
  [
    /at most \d+ characters/,
    { en: 'is too long', ru: 'Слишком длинно.', de: 'Das ist zu lang.', da: 'Det er for langt.' },
  ],
];

const ANY_PROBLEM: Said = { en: 'is not right', ru: 'Неверно.', de: 'Das stimmt nicht.', da: 'Det er ikke rigtigt.' };

/** The sentence for a code; one that says nothing more where people can do nothing about it. */
export const refusalText = (code: string, language: Language): string => (CODES[code] ?? ANY)[language];

/** What is wrong with a field, beside which it will stand. */
export function problemText(problem: string, language: Language): string {
  const said = PROBLEMS.find(([says]) => says.test(problem))?.[1] ?? ANY_PROBLEM;
  return said[language];
}
