import { html } from 'hono/html';
import type { Html } from './inline-html.ts';
import type { Form, FormField } from './types.ts';

/** A form that works without script. Errors are tied to their fields. */
export function formHtml({ method, action, label, submit, look, fields }: Form): Html {
  const button = html`<button class="button" type="submit">${submit}</button>`;
  const [first, ...rest] = fields.map((field) => fieldHtml(field, look));
  return html`<form
    class="${look}"
    method="${method}"
    action="${action}"
    aria-label="${label}"
    ${look === 'search' ? html`role="search"` : ''}
  >
    ${
      look === 'search'
        ? html`<div class="main">${first}${button}</div>
            ${rest}`
        : html`${first}${rest}${button}`
    }
  </form>`;
}

function fieldHtml(field: FormField, look: Form['look']): Html {
  const { name, label, value, type } = field;
  if (type === 'hidden') return html`<input type="hidden" name="${name}" value="${value}" />`;
  const id = `${look}-${name}`;
  if (type === 'trap')
    // People do not see it and do not reach it; programs that fill in everything do.
    return html`<div class="trap" aria-hidden="true">
      <label for="${id}">${label}</label>
      <input id="${id}" name="${name}" value="" tabindex="-1" autocomplete="off" />
    </div>`;
  const hint = field.hint === undefined ? '' : html`<span class="hint" id="${id}-hint">${field.hint}</span>`;
  const error =
    field.error === undefined ? '' : html`<span class="error" id="${id}-error">${field.error}</span>`;
  return html`<div class="field ${type}">
    <label for="${id}">${label}</label>
    ${control(field, id)} ${hint} ${error}
  </div>`;
}

function control(field: FormField, id: string): Html {
  const { name, value, type, choices = [] } = field;
  const described = [field.hint && `${id}-hint`, field.error && `${id}-error`].filter(Boolean).join(' ');
  const common = html`id="${id}" name="${name}"
  ${described === '' ? '' : html`aria-describedby="${described}"`}
  ${field.error === undefined ? '' : html`aria-invalid="true"`}
  ${field.required === true ? html`required` : ''}
  ${field.most === undefined ? '' : html`maxlength="${field.most}"`}
  ${field.autocomplete === undefined ? '' : html`autocomplete="${field.autocomplete}"`}`;
  if (type === 'area') return html`<textarea ${common} rows="6">${'\n'}${value}</textarea>`;
  if (type === 'choice')
    return html`<select ${common}>
      ${choices.map((one) => html`<option value="${one.value}" ${one.value === value ? html`selected` : ''}>${one.text}</option>`)}
    </select>`;
  return html`<input ${common} type="${type}" value="${value}" />`;
}
