import { notice } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import type { Refused } from './graph.ts';
import type { Messages } from './messages/en.ts';
import { tokenField, tokenOf } from './proofs.ts';
import { goOn, SCRIPT, typed, type Visit } from './visit.ts';
import { keepWay } from './way.ts';

/** A page to which a mailed link leads. A GET changes nothing, since scanners of mails open links: the person presses its button. */
interface Landing {
  path: string;
  title(say: Messages): string;
  text(say: Messages): string;
  button(say: Messages): string;
  /** Inputs beside the token. */
  more?(visit: Visit, refused: Refused | undefined): Html;
  act(visit: Visit, token: string): ReturnType<NonNullable<PageDefinition['take']>>;
}

function landingPage({ path, title, text, button, more, act }: Landing): PageDefinition {
  return {
    path,
    show(visit, refused) {
      const { say } = visit;
      const body = html`${tokenField(visit)}${more?.(visit, refused)}<button>${button(say)}</button>`;
      const told =
        refused && (Object.keys(refused.fields).some((name) => name !== 'token') ? null : visit.refusal(refused));
      return visit.show(title(say), html`<p>${text(say)}</p>${notice(told, true)}${visit.form(path, body)}`, {
        script: SCRIPT,
        status: refused ? 400 : 200,
      });
    },
    take: (visit) => act(visit, tokenOf(visit)),
  };
}

const ACTIVATE = 'mutation($token: String!) { activateAccount(token: $token) { id } }';
const RESET =
  'mutation($token: String!, $newPassword: String!) { resetPassword(token: $token, newPassword: $newPassword) }';
const CONFIRM = 'mutation($token: String!) { confirmEmail(token: $token) { id } }';
const FORGOT = 'mutation($email: String!) { requestPasswordReset(email: $email) }';

export const activatePage = landingPage({
  path: '/account/activate',
  title: (say) => say.activateTitle,
  text: (say) => say.activateText,
  button: (say) => say.activate,
  async act(visit, token) {
    await visit.ask(ACTIVATE, { token });
    return goOn(visit);
  },
});

export const resetPasswordPage = landingPage({
  path: '/account/reset-password',
  title: (say) => say.resetTitle,
  text: (say) => say.resetText,
  button: (say) => say.setPassword,
  more: (visit, refused) =>
    typed(visit, refused, {
      name: 'newPassword',
      label: visit.say.newPassword,
      type: 'password',
      hint: visit.say.passwordHint,
      autocomplete: 'new-password',
    }),
  async act(visit, token) {
    await visit.ask(RESET, { token, newPassword: visit.given('newPassword') });
    return visit.go(visit.link('/account/sign-in', { said: 'reset' }));
  },
});

export const confirmEmailPage = landingPage({
  path: '/account/confirm-email',
  title: (say) => say.confirmEmailTitle,
  text: (say) => say.confirmEmailText,
  button: (say) => say.confirm,
  async act(visit, token) {
    const { say } = visit;
    await visit.ask(CONFIRM, { token });
    return visit.show(
      say.confirmEmailTitle,
      html`${notice(say.confirmEmailDone)}<p><a class="button" href="/account">${say.toAccount}</a></p>`,
    );
  },
});

/** Asking for the mail with which a password is chosen anew. */
export const forgotPasswordPage: PageDefinition = {
  path: '/account/forgot-password',
  show(visit, refused) {
    const { say } = visit;
    const told = refused?.fields.email ? null : visit.refusal(refused);
    const body = html`${typed(visit, refused, { name: 'email', label: say.email, type: 'email', autocomplete: 'username' })}<button>${say.mailLink}</button>`;
    const form = html`<p>${say.forgotText}</p>${notice(told, true)}${visit.form('/account/forgot-password', body)}`;
    return visit.show(say.forgotTitle, form, { status: refused ? 400 : 200 });
  },
  async take(visit) {
    await visit.ask(FORGOT, { email: visit.given('email') });
    keepWay(visit);
    return visit.show(visit.say.forgotTitle, html`${notice(visit.say.forgotDone)}`);
  },
};
