import { type Html, html } from './html.ts';

/** One input with its label, and what is said about it. */
export interface Field {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  value?: string;
  hint?: string | null;
  /** Why what was typed is refused. */
  wrong?: string | null | undefined;
  autocomplete?: string;
  inputmode?: 'numeric';
  required?: boolean;
}

/** An input whose label, hint and refusal programs find too. Inputs of one page need names of their own, or a `prefix`. */
export function field(
  { name, label, type = 'text', value = '', hint, wrong, autocomplete = 'off', inputmode, required = true }: Field,
  prefix = '',
): Html {
  const id = `${prefix}${name}`;
  const told = [...(wrong ? [`${id}-wrong`] : []), ...(hint ? [`${id}-hint`] : [])].join(' ');
  return html`<label for="${id}">${label}</label><input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}"${
    type !== 'password' && value && html` value="${value}"`
  }${inputmode && html` inputmode="${inputmode}"`}${required && html` required`}${told && html` aria-describedby="${told}"`}${
    wrong && html` aria-invalid="true"`
  }>${wrong && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}`;
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`;

/** A refusal or a notice at the top of a page, which readers of screens hear first. */
export function notice(text: string | null | undefined, bad = false): Html | null {
  if (!text) return null;
  return bad ? html`<p class="notice bad" role="alert">${text}</p>` : html`<p class="notice" role="status">${text}</p>`;
}
