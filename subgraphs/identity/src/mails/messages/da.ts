import type { MailMessages } from './en.ts';

const DECIDED = { approved: 'godkendt', refused: 'afvist', stopped: 'standset', deleted: 'slettet' } as const;

/** What mails say, in Danish. */
export const da: MailMessages = {
  account: 'Din konto',
  ignore: 'Hvis det ikke var dig, behøver du ikke gøre noget.',
  notYou: 'Hvis det ikke var dig, så vælg straks en ny adgangskode og sig det til en administrator.',
  orCopy: 'Hvis knappen ikke virker, så kopiér denne adresse til din browser:',
  reason: (text) => `Den oplyste grund: ${text}`,
  from: (site, host) => `${site} – et sted på Polity på ${host}`,
  whyAccount: (site) => `Du får denne mail, fordi du har en konto hos ${site}. Den slags mails kan ikke slås fra.`,
  activation: (site) => ({
    subject: 'Aktivér din konto',
    text: `Nogen har tilmeldt sig ${site} med denne adresse. Bekræft inden for 24 timer, at det var dig.`,
    button: 'Aktivér kontoen',
    why: `Du får denne mail, fordi nogen skrev din adresse ved tilmeldingen til ${site}.`,
  }),
  signUpOfKnown: (site) => ({
    subject: 'Du har allerede en konto',
    text: `Nogen ville bruge denne adresse til en konto hos ${site}, men den har allerede en. Har du glemt adgangskoden, så vælg en ny på loginsiden.`,
    button: 'Til loginsiden',
    why: `Du får denne mail, fordi nogen skrev din adresse hos ${site}.`,
  }),
  passwordReset: (site) => ({
    subject: 'Vælg en ny adgangskode',
    text: `Vælg en ny adgangskode til din konto hos ${site} inden for 30 minutter. Åbne sessioner afsluttes.`,
    button: 'Vælg en ny adgangskode',
    why: `Du får denne mail, fordi nogen bad om en ny adgangskode hos ${site}.`,
  }),
  magicLink: (site) => ({
    subject: 'Dit login-link',
    text: `Linket logger dig ind hos ${site} én gang, inden for 10 minutter.`,
    button: 'Log ind',
    why: `Du får denne mail, fordi nogen bad om et login-link hos ${site}.`,
  }),
  emailCode: (site, code) => ({
    subject: 'Din login-kode',
    text: `${code} logger dig ind hos ${site} én gang, inden for 10 minutter. Skriv den kun, hvor du bad om den.`,
    button: 'Gå til login-siden',
    why: `Du får denne mail, fordi nogen bad om en login-kode hos ${site}.`,
  }),
  confirmEmail: (site) => ({
    subject: 'Bekræft din nye adresse',
    text: `Bekræft inden for 24 timer, at adressen er din, så flytter din konto hos ${site} til den.`,
    button: 'Bekræft adressen',
    why: `Du får denne mail, fordi nogen skrev din adresse som den nye for deres konto hos ${site}.`,
  }),
  invitation: (site, inviter) => ({
    subject: `Du er inviteret til ${site}`,
    text: `${inviter ?? 'Nogen'} inviterer dig til ${site}. Tilmeld dig, eller log ind og bliv medlem, med dette link.`,
    button: 'Se invitationen',
    why: `Du får denne mail, fordi nogen hos ${site} skrev din adresse i en invitation.`,
  }),
  applicationWaits: (application, site) => ({
    subject: 'Et program venter på din godkendelse',
    text: `Programmet ${application} hos ${site} beder om en godkendelse. Det kan intet nyt, før nogen beslutter.`,
    button: 'Din konto',
    why: `Du får denne mail, fordi du må godkende programmer hos ${site}.`,
  }),
  notifications: (count, site) => ({
    subject: count === 1 ? `En meddelelse fra ${site}` : `${count} meddelelser fra ${site}`,
    text: 'Det angår dig:',
    button: 'Stop disse mails',
    why: `Du får denne mail, fordi der er sket noget hos ${site}, der angår dig.`,
  }),
  applicationDecided: (application, decision, site) => ({
    subject: `Dit program blev ${DECIDED[decision]}`,
    text: `Programmet ${application}, som du registrerede hos ${site}, blev ${DECIDED[decision]}.`,
    button: 'Din konto',
    why: `Du får denne mail, fordi du registrerede et program hos ${site}.`,
  }),
  passwordChanged: () => ({
    subject: 'Din adgangskode blev ændret',
    text: 'Adgangskoden til din konto blev ændret, og andre sessioner blev afsluttet.',
  }),
  emailChanged: () => ({
    subject: 'Din adresse blev ændret',
    text: 'Din konto bruger fra nu af en anden e-mailadresse.',
  }),
  accountDeleted: () => ({
    subject: 'Din konto blev slettet',
    text: 'Din konto og dens medlemskaber blev slettet.',
  }),
  passkeyAdded: (name) => ({
    subject: 'En adgangsnøgle blev tilføjet',
    text: `Adgangsnøglen “${name}” kan fra nu af logge ind på din konto.`,
  }),
  passkeyRemoved: (name) => ({
    subject: 'En adgangsnøgle blev fjernet',
    text: `Adgangsnøglen “${name}” kan ikke længere logge ind på din konto.`,
  }),
  upstreamLinked: (provider) => ({
    subject: 'En konto blev forbundet',
    text: `En konto hos “${provider}” kan fra nu af logge ind på din konto.`,
  }),
  upstreamUnlinked: (provider) => ({
    subject: 'En forbindelse blev fjernet',
    text: `En konto hos “${provider}” kan ikke længere logge ind på din konto.`,
  }),
  recoveryCodeUsed: (left) => ({
    subject: 'En gendannelseskode blev brugt',
    text: `En gendannelseskode blev brugt til at logge ind på din konto. Koder tilbage: ${left}.`,
  }),
  newRecoveryCodes: () => ({
    subject: 'Nye gendannelseskoder',
    text: 'Der blev lavet nye gendannelseskoder til din konto; de gamle virker ikke længere.',
  }),
  appAdded: () => ({
    subject: 'Login i to trin er slået til',
    text: 'En godkendelsesapp blev føjet til din konto.',
  }),
  appRemoved: () => ({
    subject: 'Login i to trin er slået fra',
    text: 'Godkendelsesappen blev fjernet fra din konto.',
  }),
  appTaken: () => ({
    subject: 'Login i to trin er slået fra',
    text: 'En administrator fjernede godkendelsesappen fra din konto.',
  }),
  impersonated: (reason) => ({
    subject: 'Supporten brugte din konto',
    text: `En administrator handler på dine vegne for at hjælpe: ${reason}`,
  }),
};
