// Runs in the page, before anything of the page itself: what a front end would do with the options, with errors by name.
globalThis.ceremony = {
  async create(options) {
    try {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      return (await navigator.credentials.create({ publicKey })).toJSON();
    } catch (error) {
      return error.name;
    }
  },

  async get(options, mediation) {
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const signal = AbortSignal.timeout(10_000);
      return (await navigator.credentials.get({ publicKey, mediation, signal })).toJSON();
    } catch (error) {
      return error.name;
    }
  },

  async showForm() {
    document.body.innerHTML = '<form><input name="email" autocomplete="username webauthn" autofocus></form>';
    return PublicKeyCredential.isConditionalMediationAvailable();
  },
};
