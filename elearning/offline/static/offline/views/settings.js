// Settings: the officer's language; text size, colours and idle lock of this tablet.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {emit} from '../store.js';
import {bothNames, formatNumber, formatPercent, gettext, interpolate, language, languages, ngettext} from '../i18n.js';

const SIZES = ['', '125', '150'];
const THEMES = [
  ['', () => gettext('As the tablet')],
  ['light', () => gettext('Light')],
  ['dark', () => gettext('Dark, for night duty')],
];
const IDLE = [2, 5, 10, 20, 30];
const IDLE_DEFAULT = '10';

function keep(key, value) {
  if (value) localStorage.setItem(key, value);
  else localStorage.removeItem(key);
  emit('preferences');
}

const languageLabel = (entry) => {
  const [own, here] = bothNames(entry);
  return html`<bdi lang=${entry.code}>${own}</bdi>${here ? html` · <bdi>${here}</bdi>` : nothing}`;
};

const radio = (name, value, label, chosen, change) => html`<label class="choice ${chosen ? 'chosen' : ''}">
  <input type="radio" name=${name} value=${value} .checked=${chosen} @change=${() => change(value)}>
  <span>${label}</span>
</label>`;

export async function show(host) {
  let missing = false;
  const stored = (key) => localStorage.getItem(key) ?? '';
  const set = (key) => (value) => {
    keep(key, value);
    draw();
  };
  const chooseLanguage = (code) =>
    emit('language', {
      code,
      done: (chosen) => {
        missing = !chosen;
        draw();
        // The browser has moved the mark already; it belongs where the language in force is.
        for (const input of host.querySelectorAll('input[name=language]')) input.checked = input.value === language();
      },
    });

  const draw = () =>
    render(
      html`<div class="stack-large" data-page="settings">
        <h1>${gettext('Settings')}</h1>
        <fieldset>
          <legend>${gettext('Language')}</legend>
          ${missing ? html`<p role="alert">${gettext('This language is not on this tablet yet. Choose it again when there is a network.')}</p>` : nothing}
          <div class="choices choices-row">
            ${languages().map((entry) => radio('language', entry.code, languageLabel(entry), entry.code === language(), chooseLanguage))}
          </div>
        </fieldset>
        <fieldset>
          <legend>${gettext('Text size')}</legend>
          <div class="choices choices-row">
            ${SIZES.map((size) => radio('text-size', size, formatPercent(Number(size || 100) / 100), stored('text-size') === size, set('text-size')))}
          </div>
        </fieldset>
        <fieldset>
          <legend>${gettext('Colours')}</legend>
          <div class="choices choices-row">
            ${THEMES.map(([theme, label]) => radio('theme', theme, label(), stored('theme') === theme, set('theme')))}
          </div>
        </fieldset>
        <div class="field">
          <label for="idle">${gettext('Lock the app when nobody has touched it for')}</label>
          <select id="idle" @change=${(event) => keep('idle-minutes', event.target.value)}>
            ${IDLE.map((n) => html`<option value=${n} ?selected=${String(n) === (stored('idle-minutes') || IDLE_DEFAULT)}>
              ${interpolate(ngettext('%(count)s minute', '%(count)s minutes', n), {count: formatNumber(n)})}
            </option>`)}
          </select>
        </div>
        <button class="button button-wide" data-action="lock" @click=${() => emit('lock', 'asked')}>${gettext('Lock now')}</button>
      </div>`,
      host,
    );
  draw();
}
