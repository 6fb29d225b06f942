// My tablet: what waits to be sent, what was set aside and why, which modules take how much room, which version runs.
import {html, nothing, render} from '../../vendor/lit-html.js';
import * as editions from '../editions.js';
import {device, on} from '../store.js';
import * as bridge from '../bridge.js';
import {formatDateTime, formatSize, gettext, interpolate, ngettext} from '../i18n.js';
import {sendNow, status} from '../sync.js';
import {foreign} from './parts.js';

const fact = (name, value, key) => html`<dt>${name}</dt><dd data-fact=${key}>${value}</dd>`;

const waitingText = ({waiting, other}) => {
  if (waiting) return interpolate(ngettext('%(count)s answer', '%(count)s answers', waiting), {count: waiting});
  return other ? gettext('no answers, only your progress') : gettext('nothing');
};

// What "Send now" came to, said beside the button.
function outcome({waiting, trouble}) {
  if (trouble === 'network') return gettext('Not sent: there is no network. Your answers are safe on this tablet, and it tries again by itself.');
  if (trouble === 'busy') return gettext('Not sent yet: many tablets are sending now. Your answers are safe on this tablet, and it tries again in a few seconds.');
  if (trouble === 'fault') return gettext('Not sent: the server has a fault. Your answers are safe on this tablet, and it tries again by itself. If it stays so, tell your trainer.');
  if (waiting) return gettext('Some answers stay here until their officer signs in with a network. They are safe on this tablet.');
  return gettext('Everything is sent.');
}

function sending(now, asked, send) {
  return html`<section class="stack">
    <h2>${gettext('Sending')}</h2>
    <dl class="facts">
      ${fact(gettext('Waits on this tablet'), waitingText(now), 'waiting')}
      ${now.waiting ? fact(gettext('Of these, yours'), now.mine, 'mine') : nothing}
      ${fact(gettext('Last sent'), now.lastSent ? formatDateTime(now.lastSent) : gettext('not yet'), 'last-sent')}
    </dl>
    <p class="meta">${gettext('Answers are sent by themselves when there is a network. Until then they are safe here.')}</p>
    <button class="button" data-action="send" aria-disabled=${now.sending ? 'true' : nothing} @click=${send}>
      ${now.sending ? gettext('Sending…') : gettext('Send now')}
    </button>
    <p role="status" data-sent>${asked && !now.sending ? outcome(now) : nothing}</p>
  </section>`;
}

const aside = (rows) =>
  rows.length
    ? html`<section class="stack" data-aside>
        <h2>${gettext('Set aside')}</h2>
        <p>${gettext('The server could not take these. They stay on this tablet, and your trainer sees them too.')}</p>
        <ul class="list">
          ${rows.map((row) => html`<li><p><strong>${row.reason}</strong><br><span class="meta">${formatDateTime(row.at)} · <bdi>${row.id.slice(0, 8)}</bdi></span></p></li>`)}
        </ul>
      </section>`
    : nothing;

function modules(state, remove) {
  const {rows, asked} = state;
  return html`<section class="stack">
    <h2>${gettext('Modules on this tablet')}</h2>
    ${rows.length ? nothing : html`<p class="empty">${gettext('No module is downloaded. You find them on the first page.')}</p>`}
    <ul class="list">
      ${rows.map((row) => {
        const {lang, dir} = foreign(row.language);
        return html`<li data-module=${row.module}>
          <div class="row row-between">
            <p><strong lang=${lang} dir=${dir}>${row.heading}</strong><br><span class="meta">${formatSize(row.size)}</span></p>
            <button class="button" data-action="remove" aria-describedby=${`asked-${row.module}`} @click=${() => remove(row)}>
              ${asked === row.module ? gettext('Yes, delete it') : gettext('Delete')}
            </button>
          </div>
          <p class="meta" role="status" id=${`asked-${row.module}`}>${asked === row.module ? gettext('Your answers and results stay. To read it again you download it again.') : nothing}</p>
        </li>`;
      })}
    </ul>
  </section>`;
}

const room = ({used, free, persisted}) => html`<section class="stack">
  <h2>${gettext('Room')}</h2>
  <dl class="facts">
    ${fact(gettext('Used by this app'), formatSize(used), 'used')}
    ${fact(gettext('Free for it'), formatSize(free), 'free')}
  </dl>
  <p class="meta">${persisted
    ? gettext('The browser has promised to keep what is stored here.')
    : gettext('The browser may clear what is stored here when the tablet runs out of room. Send your answers often; adding the app to the home screen helps.')}</p>
</section>`;

const version = () => html`<section class="stack">
  <h2>${gettext('This app')}</h2>
  <dl class="facts">${fact(gettext('Version'), html`<bdi>${document.querySelector('meta[name="app-version"]')?.content ?? ''}</bdi>`, 'version')}</dl>
  ${bridge.updateReady()
    ? html`<button class="button" @click=${() => bridge.applyUpdate()}>${gettext('Update now')}</button>`
    : html`<p class="meta">${gettext('This is the newest version this tablet has seen.')}</p>`}
</section>`;

export async function show(host) {
  const state = {rows: await device.installed(), asked: null, sent: false, space: await editions.space()};
  const draw = () =>
    render(
      html`<div class="stack-large" data-page="tablet">
        <h1>${gettext('My tablet')}</h1>
        ${sending(status(), state.sent, send)} ${aside(status().aside)} ${modules(state, remove)} ${room(state.space)} ${version()}
      </div>`,
      host,
    );
  const send = async () => {
    if (status().sending) return;
    state.sent = false;
    await sendNow({asked: true});
    state.sent = true;
    draw();
  };
  // The second tap deletes: a question on the spot instead of a window over the page.
  const remove = async (row) => {
    if (state.asked !== row.module) {
      state.asked = row.module;
    } else {
      await editions.remove(row.module);
      Object.assign(state, {asked: null, rows: await device.installed(), space: await editions.space()});
      host.querySelector('h1').focus();
    }
    draw();
  };
  draw();
  return on('status', draw);
}
