// <picture-spot>: a picture with a crosshair that a tap sets and the arrow keys move. In: item, response, locked, fileUrl.
// Out: `placed`, its detail the response. The picture is never mirrored: what is measured from its left stays so in Urdu.
import {html, nothing, render, svg} from '../../../vendor/lit-html.js';
import {formatPercent, gettext, interpolate} from '../../i18n.js';
import {word} from '../../views/parts.js';
import '../html.js';
import {areaAt, pointOf, pointOn, responseAt, stepped} from './spots.js';

const share = (thousandths) => `${thousandths / 10}%`;

// Dark on light, so that they are seen on every picture.
const twice = (draw) => [draw('under'), draw('over')];

const crosshair = ({x, y}) =>
  twice((look) => svg`<g class=${look}>
    <line x1=${share(x)} x2=${share(x)} y1="0" y2="100%"/><line y1=${share(y)} y2=${share(y)} x1="0" x2="100%"/>
    <circle cx=${share(x)} cy=${share(y)} r="14"/></g>`);

const outline = (area, look) =>
  twice((layer) => svg`<rect class="${layer} ${look}" data-outline=${area.id} x=${share(area.x)} y=${share(area.y)} width=${share(area.width)} height=${share(area.height)}/>`);

const picture = ({picture: {svg: markup, file, width, height}, description}, fileUrl) =>
  markup
    ? html`<clean-html class="drawing" role="img" aria-label=${description} .html=${markup}></clean-html>`
    : html`<img src=${fileUrl(file)} width=${width} height=${height} alt=${description} draggable="false">`;

class PictureSpot extends HTMLElement {
  connectedCallback() {
    this.draw();
  }

  // Everything at once, so that it is drawn once.
  set view(view) {
    const {item, response} = view;
    const same = this.point && responseAt(item.areas, this.point)[0] === response[0];
    Object.assign(this, view);
    if (!same) this.point = pointOf(item.areas, response);
    this.draw();
  }

  place(point) {
    this.point = point;
    this.moved = true;
    this.draw();
  }

  // A key that is held down moves the crosshair often and answers once.
  tell() {
    if (!this.moved) return;
    this.moved = false;
    this.dispatchEvent(new CustomEvent('placed', {detail: responseAt(this.item.areas, this.point)}));
  }

  tap(event) {
    if (this.locked) return;
    this.place(pointOn(this.querySelector('.spot-marks').getBoundingClientRect(), event));
    this.tell();
  }

  key(event) {
    const point = this.locked ? null : stepped(this.point, event);
    if (!point) return;
    event.preventDefault();
    this.place(point);
  }

  // Named as soon as it is hit; where the crosshair stands is for those who do not see it.
  said() {
    if (!this.point) return nothing;
    const values = {x: formatPercent(this.point.x / 1000), y: formatPercent(this.point.y / 1000)};
    const area = areaAt(this.item.areas, this.point);
    return html`${area ? html`${word(gettext('You point at:'))} <strong>${area.text}</strong>` : word(gettext('You point beside the marked places.'))}
      <span class="visually-hidden">${word(interpolate(gettext('%(x)s from the left, %(y)s from the top'), values))}</span>`;
  }

  outlines() {
    const {areas, key} = this.item;
    const right = this.locked && key ? areas.filter(({id}) => key.right.includes(id)) : [];
    const hit = this.point && areaAt(areas, this.point);
    return [...right.map((area) => outline(area, 'right')), ...(hit ? [outline(hit, 'hit')] : [])];
  }

  draw() {
    if (!this.isConnected || !this.item) return;
    const keys = `keys-${this.item.id}`;
    render(
      html`<div class="spot-picture" role=${this.locked ? nothing : 'application'} tabindex=${this.locked ? nothing : '0'}
          aria-label=${this.locked ? nothing : gettext('Crosshair on the picture')} aria-describedby=${this.locked ? nothing : keys}
          @click=${(event) => this.tap(event)} @keydown=${(event) => this.key(event)} @keyup=${() => this.tell()} @blur=${() => this.tell()}>
          ${picture(this.item, this.fileUrl)}
          <svg class="spot-marks" aria-hidden="true">${this.outlines()}${this.point ? crosshair(this.point) : nothing}</svg>
        </div>
        ${this.locked ? nothing : html`<p class="help" id=${keys}>${word(gettext('With keys: the arrows move the crosshair, with Shift further.'))}</p>`}
        <p role="status" class="spot-said">${this.said()}</p>`,
      this,
    );
  }
}

if (!customElements.get('picture-spot')) customElements.define('picture-spot', PictureSpot);
