// What the pages of accounts cannot do without a script: read the token of a mailed link, which stands after `#` so that it reaches no
// server log, and passkeys. Everything is sent by the page's own forms; nothing is changed from here.
// A link that is opened where its page is shown already only changes what stands after `#`.
addEventListener('hashchange', ({ newURL }) => {
  const link = new URL(newURL);
  link.searchParams.set('again', Date.now());
  if (link.hash) location.assign(link);
});

const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token) {
  history.replaceState(null, '', location.pathname + location.search);
  for (const input of document.querySelectorAll('input[name=token]')) {
    input.value = token;
    input.closest('[data-token]').hidden = true;
  }
  for (const details of document.querySelectorAll('[data-with-token]')) details.open = true;
  for (const other of document.querySelectorAll('[data-without-token]')) other.hidden = true;
}

const BEGIN = {
  create: 'mutation { begun: beginPasskeyRegistration { challenge options } }',
  get: 'mutation { begun: beginPasskeySignIn { challenge options } }',
};

async function begin(form, what) {
  const tenant = form.querySelector('input[name=tenant]')?.value;
  const headers = { 'content-type': 'application/json', ...(tenant && { 'x-tenant': tenant }) };
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: BEGIN[what] }) });
  const { data, errors } = await response.json();
  if (!errors?.length) return data.begun;
  if (errors[0].extensions?.code === 'STEP_UP_REQUIRED') location.assign('/account/reauthenticate?continue=/account');
  throw new Error(errors[0].message);
}

async function hold(form, kind, options, extra = {}) {
  const isNew = kind === 'create';
  const publicKey = isNew
    ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
    : PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await (isNew
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey, ...extra }));
  form.querySelector('input[name=passkey]').value = JSON.stringify(credential.toJSON());
}

let waiting;

async function ceremony(form, kind, extra) {
  const { challenge, options } = await begin(form, kind === 'create' ? 'create' : 'get');
  await hold(form, kind, options, extra);
  const field = form.querySelector('input[name=passkeyChallenge]');
  if (field) field.value = challenge;
  form.submit();
}

function sayFailed(button) {
  const form = button.closest('form');
  const line = form.querySelector('[role=alert]') ?? form.insertBefore(document.createElement('p'), form.firstChild);
  line.className = 'notice bad';
  line.setAttribute('role', 'alert');
  line.textContent = button.dataset.failed;
}

if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false;
  for (const button of document.querySelectorAll('[data-passkey]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      button.disabled = true;
      waiting?.abort();
      try {
        await ceremony(button.closest('form'), button.dataset.passkey);
      } catch {
        sayFailed(button);
      } finally {
        button.disabled = false;
      }
    });
  }
  // Passkeys among what the browser offers for the address.
  const form = document.querySelector('[data-passkey=sign-in]')?.closest('form');
  if (form && !token && (await PublicKeyCredential.isConditionalMediationAvailable?.())) {
    waiting = new AbortController();
    ceremony(form, 'sign-in', { mediation: 'conditional', signal: waiting.signal }).catch(() => undefined);
  }
}
