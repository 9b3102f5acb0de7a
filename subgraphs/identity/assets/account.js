// The page behind a mailed link. The token stands after `#`, which browsers send to no server; nothing happens until the person
// presses the button, because mail scanners open links.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const tenant = new URLSearchParams(location.search).get('tenant');
history.replaceState(null, '', location.pathname + location.search);

const message = document.querySelector('#message');

function say(text, failed = false) {
  message.textContent = text;
  message.className = failed ? 'failed' : '';
}

async function ask(query, variables) {
  const headers = { 'content-type': 'application/json', ...(tenant && { 'x-tenant': tenant }) };
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  if (!errors?.length) return Object.values(data)[0];
  const fields = errors[0].extensions?.details?.fields;
  const details = fields ? Object.entries(fields).map(([field, problem]) => `${field} ${problem}`) : [];
  throw new Error([errors[0].message, ...details].join(' '));
}

const SECOND_FACTOR =
  'mutation($challenge: String!, $totp: String) { verifyMfa(input: { challenge: $challenge, totp: $totp }) { user { username } } }';

function askSecondFactor(form, challenge) {
  form.dataset.query = SECOND_FACTOR;
  form.dataset.challenge = challenge;
  form.querySelector('.fields').innerHTML =
    '<label>Code of your authenticator app <input name="totp" inputmode="numeric" autocomplete="one-time-code" required></label>';
  form.querySelector('input').focus();
  say('');
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const { challenge, query, done } = form.dataset;
    const result = await ask(query, { token, tenant, challenge, ...Object.fromEntries(new FormData(form)) });
    if (result?.challenge) return askSecondFactor(form, result.challenge);
    for (const other of document.querySelectorAll('form')) other.remove();
    say(done);
  } catch (error) {
    say(error.message, true);
  } finally {
    button.disabled = false;
  }
}

if (!token) say('This link is not complete. Open it again from the mail, or copy all of it.', true);
for (const form of document.querySelectorAll('form')) {
  if (token) form.addEventListener('submit', submit);
  else form.remove();
}
