// How much time is left, said calmly: in minutes, in seconds only in the last minute.
import {html, nothing} from '../../vendor/lit-html.js';
import {gettext, interpolate, ngettext} from '../i18n.js';

const MINUTE = 60000;
// Said aloud, once each.
const FEW = 5 * MINUTE;

const minutes = (count) => interpolate(ngettext('%(count)s minute left', '%(count)s minutes left', count), {count});
const seconds = (count) => interpolate(ngettext('%(count)s second left', '%(count)s seconds left', count), {count});

export const inWords = (left) => (left > MINUTE ? minutes(Math.ceil(left / MINUTE)) : seconds(Math.ceil(left / 1000)));

// The text changes twice, so a screen reader says it twice and is otherwise quiet.
function announcement(left, limit) {
  if (left <= MINUTE) return gettext('One minute left. What you have answered is handed in by itself when the time is over.');
  return left <= FEW && limit > FEW ? minutes(5) : nothing;
}

// Nothing where there is no limit.
export const timeLeft = (left, limit) =>
  limit
    ? html`<p class="time-left" data-left=${left <= MINUTE ? 'seconds' : 'minutes'}><span aria-hidden="true">${inWords(left)}</span>
        <span class="visually-hidden">${left > MINUTE ? inWords(left) : gettext('Less than a minute left')}</span></p>
        <p class="visually-hidden" role="status" data-announced>${announcement(left, limit)}</p>`
    : nothing;
