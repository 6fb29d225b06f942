// What a trainer looks for in a long answer, so that the officer can compare.
import {html} from '../../../vendor/lit-html.js';
import {gettext, interpolate, ngettext} from '../../i18n.js';
import {word} from '../../views/parts.js';

const points = (count) => interpolate(ngettext('%(count)s point', '%(count)s points', count), {count});

const level = ({text, points: worth}) => html`<li><strong>${word(points(worth))}</strong> ${text}</li>`;

export const rubric = ({key}) => html`<div class="rubric">
  <p class="kind">${word(gettext('Compare your answer with what a trainer looks for:'))}</p>
  ${key.rubric.map(({text, levels}) => html`<p><strong>${text}</strong></p><ul>${levels.map(level)}</ul>`)}
</div>`;
