// Who are you? Works with no network for officers this tablet knows. Also the lock screen.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {bothNames, gettext, interpolate, language, languages, ngettext} from '../i18n.js';
import {knownLearners, signIn} from '../session.js';

const ERRORS = {
  'wrong-credentials': () => gettext('The user name or the password is not right. Check both and try again.'),
  'not-known-here': () =>
    gettext('There is no network, and this tablet does not know you yet. Sign in once with a network; after that you can sign in here without one.'),
  server: () => gettext('The server has a fault. Nothing is lost. Try again in a minute; if it stays, tell your trainer.'),
};

const waitText = (seconds) =>
  seconds > 90
    ? interpolate(ngettext('Too many wrong tries. Wait %(count)s minute, then try again.', 'Too many wrong tries. Wait %(count)s minutes, then try again.', Math.ceil(seconds / 60)), {count: Math.ceil(seconds / 60)})
    : interpolate(ngettext('Too many wrong tries. Wait %(count)s second, then try again.', 'Too many wrong tries. Wait %(count)s seconds, then try again.', seconds), {count: seconds});

// Why the app is locked: 'idle', 'clock', 'asked' or 'elsewhere'.
const LOCKED = {
  idle: () => gettext('The app was not used for a while.'),
  clock: () => gettext('The clock of this tablet was changed.'),
  asked: () => gettext('You locked the app.'),
  elsewhere: () => gettext('You signed out in another window of this app.'),
};

const isDemo = () => Boolean(document.querySelector('meta[name="demo"]')?.content);

const demoHint = () => html`<div class="notice" data-demo>
  <p><strong>${gettext('This is a demonstration.')}</strong>
  ${interpolate(gettext('Sign in as %(first)s to %(last)s with the password %(password)s.'), {first: 'officer1', last: 'officer30', password: 'elearning-demo'})}</p>
</div>`;

function leftText({waiting, other}) {
  if (waiting) {
    const text = ngettext(
      '%(count)s answer of yours is safe on this tablet. It will be sent with the next network, whoever is signed in.',
      '%(count)s answers of yours are safe on this tablet. They will be sent with the next network, whoever is signed in.',
      waiting,
    );
    return interpolate(text, {count: waiting});
  }
  return other ? gettext('Your progress is safe on this tablet. It will be sent with the next network, whoever is signed in.') : gettext('Everything you did has been sent.');
}

const leftNotice = (left) => html`<div class="notice ok" role="status" data-left>
  <p>${gettext('You are signed out.')} ${leftText(left)}</p>
</div>`;

export async function show(host, {locked, reason, left, choose}) {
  const known = await knownLearners();
  const state = {who: locked ?? null, other: !known.length, error: null, busy: false, languageError: false};
  const draw = () => render(page(), host);

  const submit = async (event) => {
    event.preventDefault();
    if (state.busy) return;
    const form = event.target;
    const username = state.who ? state.who.username : form.elements.username.value;
    Object.assign(state, {busy: true, error: null});
    draw();
    try {
      await signIn(username, form.elements.password.value, state.who?.id);
    } catch (error) {
      if (!error.code || typeof error.code !== 'string') console.error(error);
      state.error = error.code === 'wait' ? waitText(error.seconds) : (ERRORS[error.code] ?? ERRORS.server)();
      state.busy = false;
      form.elements.password.value = '';
      draw();
      form.elements.password.focus();
    }
  };

  const select = (who) => {
    Object.assign(state, {who, other: !who, error: null});
    draw();
    host.querySelector(who ? '#password' : '#username').focus();
  };
  const back = () => {
    Object.assign(state, {who: null, other: false, error: null});
    draw();
    host.querySelector('h1').focus();
  };
  const changeLanguage = async (event) => {
    state.languageError = !(await choose(event.target.value));
    event.target.value = language();
    draw();
  };

  const picker = () => html`<div class="field">
    <label for="language">${gettext('Language')}</label>
    <select id="language" .value=${language()} @change=${changeLanguage}>
      ${languages().map((entry) => html`<option value=${entry.code} ?selected=${entry.code === language()}>${bothNames(entry).join(' · ')}</option>`)}
    </select>
    ${state.languageError ? html`<p role="alert">${gettext('This language is not on this tablet yet. Choose it again when there is a network.')}</p>` : nothing}
  </div>`;

  const names = () => html`<ul class="stack names">
      ${known.map((who) => html`<li><button class="button button-wide" data-learner=${who.username} @click=${() => select(who)}>${who.name}</button></li>`)}
    </ul>
    <button class="button" data-action="other" @click=${() => select(null)}>${gettext('Somebody else')}</button>`;

  const form = () => html`<form class="stack" @submit=${submit}>
    ${state.who
      ? html`<p><strong>${state.who.name}</strong></p><input name="known" autocomplete="username" .value=${state.who.username} hidden>`
      : html`<div class="field">
          <label for="username">${gettext('User name')}</label>
          <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required>
        </div>`}
    <div class="field">
      <label for="password">${gettext('Password')}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required
        aria-invalid=${state.error ? 'true' : nothing} aria-describedby=${state.error ? 'sign-in-error' : nothing}>
    </div>
    ${state.error ? html`<div class="notice bad" role="alert" id="sign-in-error"><p>${state.error}</p></div>` : nothing}
    <button class="button button-primary button-wide" aria-disabled=${state.busy ? 'true' : nothing}>
      ${state.busy ? gettext('Signing in…') : gettext('Sign in')}
    </button>
    ${known.length ? html`<button type="button" class="button" data-action="names" @click=${back}>${gettext('Choose another name')}</button>` : nothing}
  </form>`;

  const page = () => html`<div class="stack" data-page="sign-in">
    <h1>${locked && state.who === locked ? gettext('Locked') : gettext('Sign in')}</h1>
    ${left ? leftNotice(left) : nothing}
    ${locked && state.who === locked ? html`<p data-reason=${reason}>${LOCKED[reason]()} ${gettext('Your work is saved. Type your password to go on where you were.')}</p>` : nothing}
    ${state.who || state.other ? form() : html`<p>${gettext('Who are you?')}</p>${names()}`}
    ${isDemo() ? demoHint() : nothing}
    ${picker()}
  </div>`;

  draw();
}
