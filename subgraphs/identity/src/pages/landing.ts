/** One act that a mailed link leads to. */
interface Act {
  query: string;
  fields: { name: string; label: string; type: string; autocomplete: string; required: boolean }[];
  button: string;
  /** What is shown when it worked. */
  done: string;
}

interface Landing {
  title: string;
  text: string;
  acts: Act[];
}

const field = (name: string, label: string, type: string, autocomplete: string, required = true) => ({
  name,
  label,
  type,
  autocomplete,
  required,
});
const newPassword = field('newPassword', 'New password, at least 15 characters', 'password', 'new-password');

/** Pages of the links that identity mails, by the last part of their address. */
export const landings: Readonly<Record<string, Landing>> = {
  activate: {
    title: 'Activate your account',
    text: 'One more step: confirm that you signed up.',
    acts: [
      {
        query: 'mutation($token: String!) { activateAccount(token: $token) { username } }',
        fields: [],
        button: 'Activate',
        done: 'Your account is active. You can sign in now.',
      },
    ],
  },
  'reset-password': {
    title: 'Choose a new password',
    text: 'Sessions that are open now will end.',
    acts: [
      {
        query:
          'mutation($token: String!, $newPassword: String!) { resetPassword(token: $token, newPassword: $newPassword) }',
        fields: [newPassword],
        button: 'Set the password',
        done: 'Your password was changed. You can sign in now.',
      },
    ],
  },
  'sign-in': {
    title: 'Sign in',
    text: 'Sign in on this device?',
    acts: [
      {
        query: 'mutation($token: String!) { signInWithMagicLink(token: $token) { ... on MfaRequired { challenge } } }',
        fields: [],
        button: 'Sign in',
        done: 'You are signed in.',
      },
    ],
  },
  'confirm-email': {
    title: 'Confirm your new address',
    text: 'Your account moves to the address at which you got this link.',
    acts: [
      {
        query: 'mutation($token: String!) { confirmEmail(token: $token) { id } }',
        fields: [],
        button: 'Confirm',
        done: 'Your account uses the new address from now on.',
      },
    ],
  },
  invitation: {
    title: 'You are invited',
    text: 'Join with the account with which you are signed in, or make one.',
    acts: [
      {
        query:
          'mutation($tenant: String!, $token: String) { joinTenant(slug: $tenant, invitation: $token) { status } }',
        fields: [],
        button: 'Join with my account',
        done: 'Welcome.',
      },
      {
        query:
          'mutation($email: String!, $password: String!, $displayName: String, $token: String) { signUp(input: { email: $email, password: $password, displayName: $displayName, invitation: $token }) { email } }',
        fields: [
          field('email', 'E-mail address', 'email', 'email'),
          field('displayName', 'Name', 'text', 'name', false),
          field('password', 'Password, at least 15 characters', 'password', 'new-password'),
        ],
        button: 'Make an account',
        done: 'We have sent you a mail. Open its link to go on.',
      },
    ],
  },
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function formOf({ query, fields, button, done }: Act): string {
  const inputs = fields.map(
    ({ name, label, type, autocomplete, required }) =>
      `<label>${escaped(label)} <input name="${name}" type="${type}" autocomplete="${autocomplete}"${required ? ' required' : ''}></label>`,
  );
  return `<form data-query="${escaped(query)}" data-done="${escaped(done)}"><div class="fields">${inputs.join('')}</div><button>${escaped(button)}</button></form>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1b1f24}
label,input{display:block;width:100%;box-sizing:border-box}input{margin:.25rem 0 1rem;padding:.5rem;font:inherit}
button{padding:.5rem 1rem;font:inherit;margin-bottom:1.5rem}.failed{color:#a40e26}`;

/** The page of one link. */
export function landingPage({ title, text, acts }: Landing): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1><p>${escaped(text)}</p>
${acts.map(formOf).join('\n')}<p id="message" role="status"></p><script type="module" src="/account/account.js"></script></body></html>`;
}
